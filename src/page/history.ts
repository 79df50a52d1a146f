import type { MessageFact, Payload } from '../core/facts.ts';
import type { TapRecord } from '../bridge/tap-record.ts';
import type { TapLimits } from './limits.ts';

/** A record in one of the two lists; links instead of array methods, which a page can redefine. */
export interface KeptRecord {
  readonly record: TapRecord;
  /** Payload bytes that this record still holds. */
  bytes: number;
  next: KeptRecord | undefined;
}

/**
 * What a tap remembers: all facts about connections, and a bounded stretch of messages.
 * It is the history for a panel that opens late and the buffer for one that lags, in one place.
 * Payloads go first, oldest first; then whole messages.
 */
export interface History {
  append: (record: TapRecord, bytes: number) => KeptRecord;
  /** The late payload of a message that was not sent yet; nothing when it is no longer wanted. */
  fill: (kept: KeptRecord, payload: Payload) => void;
  /** The next record to send. Walks forward only; `rewind` goes back. */
  peek: () => KeptRecord | undefined;
  advance: () => void;
  /** The next record to send becomes the first one after this number. */
  rewind: (after: number) => void;
  /** Enforces the limits; records up to `delivered` fall under the history's, others under the buffer's. */
  trim: (delivered: number) => void;
}

export function createHistory(
  limits: TapLimits,
  onEvicted: (message: MessageFact) => void,
): History {
  let firstLife: KeptRecord | undefined;
  let lastLife: KeptRecord | undefined;
  let nextLife: KeptRecord | undefined;
  let firstMessage: KeptRecord | undefined;
  let lastMessage: KeptRecord | undefined;
  let nextMessage: KeptRecord | undefined;
  let oldestPayload: KeptRecord | undefined;
  let kept = 0;
  let withPayload = 0;
  let heldBytes = 0;

  function appendLife(node: KeptRecord): void {
    if (lastLife !== undefined) lastLife.next = node;
    lastLife = node;
    firstLife ??= node;
    nextLife ??= node;
  }

  function appendMessage(node: KeptRecord): void {
    if (lastMessage !== undefined) lastMessage.next = node;
    lastMessage = node;
    firstMessage ??= node;
    nextMessage ??= node;
    oldestPayload ??= node;
    kept += 1;
    withPayload += 1;
    heldBytes += node.bytes;
  }

  function dropOldestPayload(node: KeptRecord): void {
    heldBytes -= node.bytes;
    withPayload -= 1;
    node.bytes = 0;
    oldestPayload = node.next;
    const { fact } = node.record;
    if (fact.kind !== 'message' && fact.kind !== 'payload-arrived') return;
    fact.payload = null;
    fact.payloadState = 'evicted';
  }

  function evictOldest(node: KeptRecord): void {
    if (oldestPayload === node) dropOldestPayload(node);
    if (nextMessage === node) nextMessage = node.next;
    firstMessage = node.next;
    if (firstMessage === undefined) lastMessage = undefined;
    kept -= 1;
    if (node.record.fact.kind === 'message') onEvicted(node.record.fact);
  }

  function lifeComesFirst(): boolean {
    if (nextLife === undefined) return false;
    return nextMessage === undefined || nextLife.record.n < nextMessage.record.n;
  }

  return {
    append: (record, bytes) => {
      const node: KeptRecord = { record, bytes, next: undefined };
      const { kind } = record.fact;
      if (kind === 'message' || kind === 'payload-arrived') appendMessage(node);
      else appendLife(node);
      return node;
    },
    fill: (node, payload) => {
      const { fact } = node.record;
      if (fact.kind !== 'message' || fact.payloadState !== 'pending') return;
      fact.payload = payload;
      fact.payloadState = 'whole';
      node.bytes = fact.byteLength;
      heldBytes += node.bytes;
    },
    peek: () => (lifeComesFirst() ? nextLife : nextMessage),
    advance: () => {
      if (lifeComesFirst()) nextLife = nextLife?.next;
      else nextMessage = nextMessage?.next;
    },
    rewind: (after) => {
      nextLife = firstAfter(firstLife, after);
      nextMessage = firstAfter(firstMessage, after);
    },
    trim: (delivered) => {
      while (oldestPayload !== undefined) {
        const isOver =
          oldestPayload.record.n <= delivered
            ? withPayload > limits.historyMessages || heldBytes > limits.historyBytes
            : heldBytes > limits.bufferBytes;
        if (!isOver) break;
        dropOldestPayload(oldestPayload);
      }
      while (firstMessage !== undefined) {
        const isDelivered = firstMessage.record.n <= delivered;
        if (kept <= (isDelivered ? limits.historyMetadata : limits.bufferMessages)) break;
        evictOldest(firstMessage);
      }
    },
  };
}

function firstAfter(node: KeptRecord | undefined, after: number): KeptRecord | undefined {
  let found = node;
  while (found !== undefined && found.record.n <= after) found = found.next;
  return found;
}
