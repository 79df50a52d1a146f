import type { Channel, Connection } from '../channel.ts';
import type { Direction } from '../facts.ts';
import { pollRhythm } from '../http/poll-rhythm.ts';
import type { ClassOfRow, RowClass } from '../measures/row-class.ts';
import type { Session } from '../session.ts';
import { base64Length } from './base64.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import { lineCount } from './event-stream-text.ts';
import type { Carrier, HttpVersion } from './wire-cost.ts';

/** A message as carriers see it; `count` of them where only their sum is known, for they were dropped. */
export interface Carried {
  readonly count: number;
  /** Its row; -1 where it was dropped. */
  readonly row: number;
  readonly connection: number;
  readonly at: Milliseconds;
  readonly direction: Direction;
  readonly rowClass: RowClass;
  readonly isBinary: boolean;
  /** Of one of them. */
  readonly bytes: Bytes;
  /** Of text: where it has line ends, each line is a field of its own in an event stream. */
  readonly lines: number;
  /** Whether it can stand in a JSON text as it is. */
  readonly isJson: boolean;
  readonly eventType: string | undefined;
  /** Event streams: where it changed. */
  readonly id: string | undefined;
}

/** The traffic of a channel, which any carrier could have carried. */
export interface Traffic {
  readonly session: Session;
  readonly channel: Channel;
  /** As it was carried. */
  readonly carrier: Carrier;
  /** When connections were held; of polling one stretch from the first request to the last answer. */
  readonly stretches: readonly { readonly from: Milliseconds; readonly to: Milliseconds }[];
  /** Every message, in the order in which they were recorded; what was dropped comes last. */
  all: () => Generator<Carried, void>;
  /** Those of which more than the sum is known. */
  kept: () => Generator<Carried, void>;
  /** Messages of which only the sum is known. */
  readonly dropped: number;
}

/** @returns `undefined` for transports that nobody can choose instead of another one */
export function trafficOf(
  session: Session,
  channel: Channel,
  classOf: ClassOfRow = () => 'app',
  now: Milliseconds = session.lastAt,
): Traffic | undefined {
  const carrier = carrierNow(channel, now);
  if (carrier === undefined) return undefined;
  const { sent, received } = channel.dropped;
  return {
    session,
    channel,
    carrier,
    stretches: stretchesOf(channel, now),
    dropped: sent.messages + received.messages,
    kept: () => keptMessages(session, channel, classOf),
    *all() {
      yield* keptMessages(session, channel, classOf);
      yield* droppedMessages(channel);
    },
  };
}

/** How a channel is carried, in the words of those who choose. */
export function carrierNow(channel: Channel, now: Milliseconds): Carrier | undefined {
  switch (channel.transport) {
    case 'websocket':
    case 'eventsource':
    case 'fetch-stream':
      return channel.transport;
    case 'xhr-stream':
      return 'fetch-stream';
    case 'polling':
      return pollRhythm(channel, now)?.kind === 'held-open' ? 'long-polling' : 'polling';
    case 'webtransport':
    case 'datachannel':
      return undefined;
  }
}

function stretchesOf({ transport, connections }: Channel, now: Milliseconds): Traffic['stretches'] {
  const all = connections.map(({ createdAt, endedAt = now }) => ({ from: createdAt, to: endedAt }));
  if (transport !== 'polling') return all;
  const [first] = all;
  if (first === undefined) return [];
  return [{ from: first.from, to: all.reduce((last, { to }) => Math.max(last, to), first.to) }];
}

function* keptMessages(
  { messages }: Session,
  { rows }: Channel,
  classOf: ClassOfRow,
): Generator<Carried, void> {
  const lastIds = new Map<number, string>();
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows.get(index);
    if (messages.isDiscarded(row)) continue;
    const { connection, at, direction, dataType, byteLength, payload, eventType, lastEventId } =
      messages.read(row);
    const hasOwnId = lastEventId !== undefined && lastEventId !== (lastIds.get(connection) ?? '');
    if (lastEventId !== undefined) lastIds.set(connection, lastEventId);
    const text = typeof payload === 'string' ? payload : undefined;
    yield {
      count: 1,
      row,
      connection,
      at,
      direction,
      rowClass: classOf(row),
      isBinary: dataType !== 'string',
      bytes: byteLength,
      lines: text === undefined ? 1 : lineCount(text),
      isJson: text !== undefined && JSON_BEGINS.test(text),
      eventType,
      id: hasOwnId ? lastEventId : undefined,
    };
  }
}

const JSON_BEGINS = /^\s*(?:[[{"]|-?\d+(?:\.\d+)?\s*$|true\s*$|false\s*$|null\s*$)/u;

/** As messages of even size, of the kind that most of the channel's are. */
function* droppedMessages(channel: Channel): Generator<Carried, void> {
  const { dropped, dataTypes, connections } = channel;
  const [first] = connections;
  for (const direction of ['sent', 'received'] as const) {
    const { messages: count, bytes } = dropped[direction];
    if (count === 0 || first === undefined) continue;
    yield {
      count,
      row: -1,
      connection: first.id,
      at: first.createdAt,
      direction,
      rowClass: 'app',
      isBinary: dataTypes.binary > dataTypes.text,
      bytes: bytes / count,
      lines: 1,
      isJson: true,
      eventType: undefined,
      id: undefined,
    };
  }
}

/** The handshake says that each message is compressed by itself (RFC 7692 section 7.1.1). */
export function forgetsContext({ channel }: Traffic, direction: Direction): boolean {
  const side = direction === 'sent' ? 'client' : 'server';
  return channel.connections.some(
    ({ extensions }) => extensions?.includes(`${side}_no_context_takeover`) === true,
  );
}

/** As text can hold it. */
export const textLength = ({ isBinary, bytes }: Carried): Bytes =>
  isBinary ? base64Length(bytes) : bytes;

/** As the log tells it of the channel, else of another request to the same host; `undefined` where nobody knows. */
export function knownHttp(
  session: Session,
  channel: Channel,
  carrier: Carrier,
): HttpVersion | undefined {
  const own = channel.connections.find(({ handshake }) => handshake?.httpVersion !== undefined);
  const isSocket = channel.transport === 'websocket';
  if (own !== undefined && isSocket === (carrier === 'websocket')) return versionOf(own);
  if (carrier === 'websocket') return undefined;
  const host = hostOf(channel.connections[0]?.url);
  for (const connection of session.connections.values()) {
    if (connection.transport === 'websocket' || hostOf(connection.url) !== host) continue;
    const version = versionOf(connection);
    if (version !== undefined) return version;
  }
  return undefined;
}

const hostOf = (url: string | undefined): string | undefined =>
  /^[a-z][\w+.-]*:\/\/([^/?#]*)/iu.exec(url ?? '')?.[1];

function versionOf({ handshake, transport }: Connection): HttpVersion | undefined {
  const told = handshake?.httpVersion;
  if (told === undefined) return undefined;
  // Chromium's log tells HTTP/1.1 of every WebSocket; but there 101 opens it, and 200 in HTTP/2 (RFC 8441 section 5).
  if (transport === 'websocket' && handshake?.status === 200) return 'h2';
  if (/^(?:h2|http\/2)/u.test(told)) return 'h2';
  return /^(?:h3|http\/3)/u.test(told) ? 'h3' : 'http/1.1';
}

/** Without TLS browsers speak HTTP/1.1; over TLS most servers answer in HTTP/2; WebSockets are opened over HTTP/1.1 nearly everywhere. */
export function usualHttp(channel: Channel, carrier: Carrier): HttpVersion {
  return isPlain(channel) || carrier === 'websocket' ? 'http/1.1' : 'h2';
}

/** Without TLS, where no other version is spoken. */
export const isPlain = ({ connections: [first] }: Channel): boolean =>
  /^(?:http|ws):/u.test(first?.url ?? '');
