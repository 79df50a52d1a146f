import type { Connection } from '../channel.ts';
import type { MessageFact } from '../facts.ts';
import { joinBytes } from './joined-bytes.ts';
import { type BodyKind, bodyKindOf, headerOf, mimeTypeOf } from './content-type.ts';
import { protocolMark } from './protocol-mark.ts';

type Told = Pick<Connection, 'transport' | 'url' | 'method' | 'responseHeaders' | 'handshake'>;

/** The value of `Content-Type` as anybody told it, with its parameters. */
export function contentTypeOf({ responseHeaders, handshake }: Told): string | undefined {
  return (
    headerOf(responseHeaders, 'content-type') ??
    headerOf(handshake?.responseHeaders, 'content-type')
  );
}

/** An event stream, however the page opened it. */
export function isEventStream(connection: Told): boolean {
  if (connection.transport === 'eventsource') return true;
  if (connection.transport === 'websocket') return false;
  return kindOfBody(connection) === 'event-stream';
}

/** How the body of a connection was divided into messages. */
export function kindOfBody(connection: Told): BodyKind {
  const { url, method } = connection;
  const mark = protocolMark({ url, ...(method !== undefined && { method }) }, NOTHING);
  const type = contentTypeOf(connection) ?? '';
  return mark?.bodyKind ?? bodyKindOf(mimeTypeOf([['content-type', type]]));
}

const NOTHING: ReadonlySet<string> = new Set();

/** A body put together again from its messages. */
export interface Body {
  content: string | Uint8Array;
  /** Whether all of its messages are whole; what is missing is left out. */
  isWhole: boolean;
}

/** The body that these messages of one direction were made of; no event stream, for that holds more than events. */
export function bodyOf(connection: Told, messages: readonly MessageFact[]): Body {
  const endsLines = kindOfBody(connection) === 'lines';
  const parts: (string | Uint8Array)[] = [];
  let isWhole = true;
  for (const { payload, payloadState, direction, unterminated } of messages) {
    isWhole &&= payloadState === 'whole';
    if (payload === null) continue;
    parts.push(payload);
    if (endsLines && direction === 'received' && unterminated !== true) parts.push('\n');
  }
  if (parts.every((part) => typeof part === 'string')) return { content: parts.join(''), isWhole };
  const encoder = new TextEncoder();
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  return { content: joinBytes(bytes), isWhole };
}
