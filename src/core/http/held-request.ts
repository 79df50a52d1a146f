import type { ConnectionOpened, MessageFact } from '../facts.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import { headerOf, mimeTypeOf } from './content-type.ts';
import { questionIn } from './poll-key.ts';
import type { RequestCreated, RequestFact } from './request.ts';

/** A fact with its place among all facts that the sorter heard. */
export interface PlacedRequestFact {
  order: number;
  fact: RequestFact;
}

/** A request of which nobody knows yet what it amounts to, and what decides it. */
export interface HeldRequest {
  readonly created: RequestCreated;
  readonly facts: PlacedRequestFact[];
  heldBytes: Bytes;
  sentBytes: Bytes;
  /** What its body asks, without what changes from one time to the next. */
  question?: string;
  opened?: ConnectionOpened;
  endedAt?: Milliseconds;
  /** The server answered, and not with an error. */
  isAnswered: boolean;
  pieces: number;
  pieceBytes: Bytes;
  firstPieceAt?: Milliseconds;
  lastPieceAt?: Milliseconds;
}

/** Of one request; what comes beyond is counted, not kept. */
const MOST_HELD_BYTES = 1024 * 1024;
const MOST_HELD_FACTS = 4096;

export function createHeldRequest(created: RequestCreated, order: number): HeldRequest {
  return {
    created,
    facts: [{ order, fact: created }],
    heldBytes: 0,
    sentBytes: 0,
    isAnswered: false,
    pieces: 0,
    pieceBytes: 0,
  };
}

export function holdFact(held: HeldRequest, fact: RequestFact, order: number): void {
  switch (fact.kind) {
    case 'message':
      countMessage(held, fact);
      holdMessage(held, fact, order);
      return;
    case 'connection-opened':
      held.opened = fact;
      break;
    case 'connection-ended':
      held.endedAt = fact.at;
      held.isAnswered = isAnswered(held) && fact.endedBy === 'server';
      break;
    case 'connection-created':
    case 'connection-closing':
    case 'connection-errored':
    case 'messages-dropped':
      break;
  }
  held.facts.push({ order, fact });
}

function isAnswered({ opened }: HeldRequest): boolean {
  // Status 0: an opaque answer, of which the page may know nothing.
  return opened !== undefined && (opened.status ?? 200) < 400;
}

function countMessage(held: HeldRequest, message: MessageFact): void {
  const { direction, at, byteLength, payload } = message;
  if (direction === 'sent') {
    held.sentBytes += byteLength;
    if (typeof payload === 'string') held.question = questionIn(payload);
    return;
  }
  held.pieces += 1;
  held.pieceBytes += byteLength;
  held.firstPieceAt ??= at;
  held.lastPieceAt = at;
}

function holdMessage(held: HeldRequest, fact: MessageFact, order: number): void {
  const length = fact.payload === null ? 0 : fact.byteLength;
  if (held.heldBytes + length <= MOST_HELD_BYTES && held.facts.length < MOST_HELD_FACTS) {
    held.heldBytes += length;
    held.facts.push({ order, fact: { ...fact } });
    return;
  }
  const last = held.facts.at(-1)?.fact;
  if (last?.kind === 'message' && last.payload === null && last.direction === fact.direction) {
    last.at = fact.at;
    last.byteLength += fact.byteLength;
    return;
  }
  held.facts.push({ order, fact: { ...fact, payload: null, payloadState: 'evicted' } });
}

/** This many pieces, over this long, are read as they come. */
const STREAMED_PIECES = 3;
const STREAMED_FOR: Milliseconds = 1_000;
/** Pieces this large are as much as the network had: a download. */
const DOWNLOADED_PIECE: Bytes = 16 * 1024;

/** Whether the body came little by little, though its type does not say so. A stream does not know its length. */
export function isStreamedBody(held: HeldRequest): boolean {
  const { pieces, pieceBytes, firstPieceAt = 0, lastPieceAt = 0, opened } = held;
  if (pieces < STREAMED_PIECES || lastPieceAt - firstPieceAt < STREAMED_FOR) return false;
  const isDownload = pieceBytes / pieces >= DOWNLOADED_PIECE;
  return !isDownload && headerOf(opened?.responseHeaders, 'content-length') === undefined;
}

export function answeredType({ opened }: HeldRequest): string {
  return mimeTypeOf(opened?.responseHeaders);
}
