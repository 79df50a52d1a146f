import { ByteCursor, type Stop } from './formats/byte-cursor.ts';
import { exactInteger, utf8TextOf } from './formats/exact.ts';
import { readVarint } from './formats/protobuf-wire.ts';

/** What stands around an update, in the words of y-protocols. */
export type YjsKind =
  'sync step 1' | 'sync step 2' | 'update' | 'awareness' | 'auth' | 'query awareness';

/** One message of y-websocket (https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md). */
export interface YjsFrame {
  readonly kind: YjsKind;
  readonly body: Uint8Array;
  /** Where the body begins. */
  readonly offset: number;
}

const SYNC: readonly YjsKind[] = ['sync step 1', 'sync step 2', 'update'];
const SYNC_TYPE = 0;
const AWARENESS_TYPE = 1;
const AUTH_TYPE = 2;
const QUERY_TYPE = 3;

/** Seven bits a byte, as lib0 and Protobuf write them. */
export const readNumber = (cursor: ByteCursor): number | bigint => exactInteger(readVarint(cursor));

/** A length, and as many bytes: a view. */
export const readBytes = (cursor: ByteCursor): Uint8Array =>
  cursor.take(Number(readVarint(cursor))) ?? new Uint8Array();

export function readYjsFrame(bytes: Uint8Array): YjsFrame | Stop {
  const cursor = new ByteCursor(bytes);
  const kind = readKind(cursor);
  const before = cursor.at;
  const body = kind === 'query awareness' ? new Uint8Array() : readBytes(cursor);
  if (!cursor.isAtEnd) cursor.fail('bytes after the end of the message');
  if (kind === undefined) return { offset: before, reason: 'there is no such message in Yjs' };
  return cursor.stop ?? { kind, body, offset: cursor.at - body.length };
}

function readKind(cursor: ByteCursor): YjsKind | undefined {
  const type = readNumber(cursor);
  if (type === SYNC_TYPE) return SYNC[Number(readNumber(cursor))];
  if (type === AWARENESS_TYPE) return 'awareness';
  if (type === QUERY_TYPE) return 'query awareness';
  return type === AUTH_TYPE && readNumber(cursor) === 0 ? 'auth' : undefined;
}

/** Client by client how far its changes are known. */
export function readStateVector(cursor: ByteCursor): [number | bigint, number | bigint][] {
  const clocks: [number | bigint, number | bigint][] = [];
  const count = Number(readVarint(cursor));
  while (clocks.length < count && cursor.enter(1)) {
    clocks.push([readNumber(cursor), readNumber(cursor)]);
  }
  return cursor.hasStopped() ? clocks.slice(0, -1) : clocks;
}

/** Whether the body is what only Yjs has: a whole state vector, or states of awareness. */
export function isProof({ kind, body }: YjsFrame): boolean {
  const cursor = new ByteCursor(body);
  if (kind === 'sync step 1') {
    readStateVector(cursor);
    return cursor.stop === undefined && cursor.at === body.length;
  }
  if (kind !== 'awareness' || readNumber(cursor) === 0) return false;
  readNumber(cursor);
  readNumber(cursor);
  const state = utf8TextOf(readBytes(cursor));
  return cursor.stop === undefined && state !== undefined && /^(?:\{|null$)/u.test(state);
}
