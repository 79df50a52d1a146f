import type { ConnectionOpened, Link, MessageFact, MessagesDropped, Transport } from '../facts.ts';
import type { Bytes } from '../units.ts';
import { type BodyReader, feed } from './body-reader.ts';
import { type BodyKind, bodyKindOf, isStreamType, mimeTypeOf } from './content-type.ts';
import { createEnvelopeReader } from './read-envelopes.ts';
import { createEventStreamReader } from './read-event-stream.ts';
import { createLineReader } from './read-lines.ts';
import { createPieceReader } from './read-pieces.ts';
import { createWholeReader } from './read-whole.ts';
import type { EmitSorted, RequestCreated, RequestFact } from './request.ts';

/** A request that was admitted to the session: its facts in, those of a real-time connection out. */
export interface Exchange {
  hear: (fact: Exclude<RequestFact, RequestCreated>) => void;
}

/** As what a request was admitted. */
export interface Admission {
  transport: Transport;
  continues?: number;
  link?: Link;
  /** Where a protocol says so, whatever the content type. */
  bodyKind?: BodyKind;
}

export function createExchange(
  created: RequestCreated,
  { transport, continues, link, bodyKind }: Admission,
  emit: EmitSorted,
): Exchange {
  const { connection } = created;
  let reader: BodyReader | undefined;
  /** What was let go of the body's beginning, heard of before the response. */
  let lostBefore: Bytes | undefined;
  emit({
    ...created,
    transport,
    ...(continues !== undefined && { continues }),
    ...(link !== undefined && { link }),
  });

  function begin(opened: ConnectionOpened): void {
    const mimeType = mimeTypeOf(opened.responseHeaders);
    const kind = bodyKind ?? bodyKindOf(mimeType);
    // What an error says is no stream.
    const isOne = transport === 'polling' || (opened.status ?? 0) >= 400;
    const isOneMessage = isOne && bodyKind === undefined && !isStreamType(mimeType);
    reader = isOneMessage
      ? createWholeReader(connection, kind === 'text', emit)
      : READERS[kind](connection, emit);
    if (lostBefore !== undefined) reader.lost(opened.at, lostBefore, 'evicted');
  }

  /** A body of which nobody told the content type is what its first piece is. */
  function readerFor({ payload }: MessageFact): BodyReader {
    return (reader ??= createPieceReader(connection, typeof payload === 'string', emit));
  }

  /**
   * Pieces that the tap let go. Of a stream they are counted as they were: how many messages they held
   * nobody knows. The body of a poll is one message, so its bytes are missing in that.
   */
  function drop(fact: MessagesDropped): void {
    const { sent, received } = fact;
    const isPoll = transport === 'polling';
    const told = isPoll ? { ...fact, received: { messages: 0, bytes: 0 } } : fact;
    if (!isPoll || sent.messages > 0) emit(told);
    if (received.messages === 0) return;
    const bytes = isPoll ? received.bytes : 0;
    if (reader === undefined) lostBefore = (lostBefore ?? 0) + bytes;
    else reader.lost(fact.at, bytes, 'evicted');
  }

  return {
    hear: (fact) => {
      switch (fact.kind) {
        case 'connection-opened':
          emit(fact);
          begin(fact);
          return;
        case 'message':
          if (fact.direction === 'received') feed(readerFor(fact), fact);
          else if (fact.byteLength > 0) emit(fact);
          return;
        case 'messages-dropped':
          drop(fact);
          return;
        case 'connection-ended':
          reader?.end(fact.at, fact.endedBy === 'server');
          emit(fact);
          return;
        case 'connection-closing':
        case 'connection-errored':
          emit(fact);
          return;
      }
    },
  };
}

const READERS: Record<BodyKind, (connection: number, emit: EmitSorted) => BodyReader> = {
  'event-stream': createEventStreamReader,
  lines: createLineReader,
  envelopes: createEnvelopeReader,
  text: (connection, emit) => createPieceReader(connection, true, emit),
  bytes: (connection, emit) => createPieceReader(connection, false, emit),
};
