import type { Connection } from '../channel.ts';
import { utf8Length } from '../utf8-length.ts';
import type { Bytes } from '../units.ts';
import type { Compressed } from './compression.ts';
import type { HeadMeter } from './head-meter.ts';
import type { Head, Heads } from './heads.ts';
import { pieceFraming } from './http-framing.ts';
import type { Ledger } from './ledger.ts';
import type { Carried, Traffic } from './traffic.ts';
import type { RequestKind } from './typical-fields.ts';
import type { CarryOptions, HttpVersion } from './wire-cost.ts';
import { closeFrameLength, frameHeaderLength, NO_CLOSE_FRAME } from './websocket-frames.ts';

/** What carrying a channel's traffic takes. */
export interface Carrying {
  readonly traffic: Traffic;
  readonly heads: Heads;
  readonly meter: HeadMeter;
  readonly ledger: Ledger;
  readonly http: HttpVersion;
  readonly options: CarryOptions;
  /** Absent where nothing is compressed, or nobody measured it. */
  readonly compressed: Compressed | undefined;
}

/** How long a message with what stands around it is after compression; as it is where nothing is compressed. */
export const squeezed = (
  { compressed }: Pick<Carrying, 'compressed'>,
  { row, direction }: Carried,
  length: Bytes,
): Bytes => compressed?.lengthOf(row, direction, length) ?? length;

/** A request and its response, without bodies. */
export function bookHead({ meter, ledger }: Carrying, head: Head, isAnswered = true): void {
  const asked = meter.request(head);
  ledger.requests += 1;
  ledger.add('headers', 'sent', asked.block);
  ledger.add('framing', 'sent', asked.framing);
  if (!isAnswered) return;
  const answered = meter.response(head);
  ledger.add('headers', 'received', answered.block);
  ledger.add('framing', 'received', answered.framing);
}

/** One request for each connection that there was; of a polling channel, one for all. */
export function bookConnections(
  carrying: Carrying,
  kind: RequestKind,
  end: (each: Connection) => void,
): void {
  const { traffic, heads } = carrying;
  const { channel } = traffic;
  if (channel.transport === 'polling') {
    bookHead(carrying, heads.like(kind));
    return;
  }
  for (const connection of channel.connections) {
    const isOwn = kind === ownKind(traffic);
    const isAnswered = connection.openedAt !== undefined || connection.status !== undefined;
    const head = isOwn ? heads.of(connection, kind) : heads.like(kind);
    bookHead(carrying, head, isAnswered);
    end(connection);
  }
}

function ownKind({ carrier }: Traffic): RequestKind {
  return carrier === 'polling' || carrier === 'long-polling' ? 'poll' : carrier;
}

/** RFC 6455; over HTTP/2 and 3 each frame in a DATA frame (RFC 8441, RFC 9220). */
export function carryByWebSocket(carrying: Carrying): void {
  const { traffic, ledger, http } = carrying;
  bookConnections(carrying, 'websocket', (connection) => {
    bookClose(connection, carrying);
  });
  for (const message of traffic.all()) {
    const { direction, bytes, count } = message;
    const length = squeezed(carrying, message, bytes);
    const header = frameHeaderLength(length, direction === 'sent');
    ledger.add('payload', direction, length * count);
    ledger.add('framing', direction, (header + dataFrames(length + header, http)) * count);
  }
}

/** Of what is no body in HTTP/1.1, or has its length in a header field. */
export const dataFrames = (bytes: Bytes, http: HttpVersion): Bytes =>
  http === 'http/1.1' ? 0 : pieceFraming(bytes, http);

/** Both sides send one, where the connection ended in order (RFC 6455 section 7.1.2). */
function bookClose(connection: Connection, { ledger, http }: Carrying): void {
  const { closeCode, closeReason = '', openedAt, wasClean } = connection;
  if (openedAt === undefined || wasClean !== true || closeCode === NO_CLOSE_FRAME) return;
  for (const direction of ['sent', 'received'] as const) {
    const length = closeFrameLength(closeCode, utf8Length(closeReason), direction === 'sent');
    ledger.add('framing', direction, length + dataFrames(length, http));
  }
}

/** What a page says beside a stream or a poll takes a request of its own. */
export function bookPost(carrying: Carrying, { count, bytes }: Carried): void {
  const { ledger, http, heads } = carrying;
  for (let nth = 0; nth < count; nth += 1) bookHead(carrying, heads.like('post'));
  ledger.add('payload', 'sent', bytes * count);
  ledger.add('framing', 'sent', dataFrames(Math.round(bytes), http) * count);
}
