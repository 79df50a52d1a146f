import type { MessageFact, Payload } from '../core/facts.ts';
import type { Chosen } from './ended-connections.ts';
import { firstAfter, type KeptRecord } from './kept-record.ts';
import type { TapLimits } from './limits.ts';

/**
 * A bounded stretch of messages, and which of them is to be sent next.
 * Payloads go first, oldest first; then whole messages.
 */
export interface MessageList {
  append: (node: KeptRecord) => void;
  /** The late payload of a message that was not sent yet; nothing when it is no longer wanted. */
  fill: (node: KeptRecord, payload: Payload) => void;
  peek: () => KeptRecord | undefined;
  advance: () => void;
  rewind: (after: number) => void;
  /** Enforces the limits; records up to `delivered` fall under the history's, others under the buffer's. */
  trim: (delivered: number) => void;
  /** Lets all messages of some connections go. */
  letGo: (connections: Chosen) => void;
}

export function createMessageList(
  limits: TapLimits,
  onEvicted: (message: MessageFact) => void,
): MessageList {
  let first: KeptRecord | undefined;
  let last: KeptRecord | undefined;
  let next: KeptRecord | undefined;
  let oldestPayload: KeptRecord | undefined;
  let kept = 0;
  /** From `oldestPayload` on. */
  let withPayload = 0;
  let heldBytes = 0;

  function dropOldestPayload(node: KeptRecord): void {
    heldBytes -= node.bytes;
    withPayload -= 1;
    node.bytes = 0;
    oldestPayload = node.next;
    const { fact } = node;
    if (fact.kind !== 'message' && fact.kind !== 'payload-arrived') return;
    fact.payload = null;
    fact.payloadState = 'evicted';
  }

  /** @param before the node in front of it */
  function unlink(node: KeptRecord, before: KeptRecord | undefined): void {
    if (next === node) next = node.next;
    if (before === undefined) first = node.next;
    else before.next = node.next;
    if (last === node) last = before;
    kept -= 1;
    if (node.fact.kind === 'message') onEvicted(node.fact);
  }

  return {
    append: (node) => {
      if (last !== undefined) last.next = node;
      last = node;
      first ??= node;
      next ??= node;
      oldestPayload ??= node;
      kept += 1;
      withPayload += 1;
      heldBytes += node.bytes;
    },
    fill: (node, payload) => {
      const { fact } = node;
      if (fact.kind !== 'message' || fact.payloadState !== 'pending') return;
      fact.payload = payload;
      fact.payloadState = 'whole';
      node.bytes = fact.byteLength;
      heldBytes += node.bytes;
    },
    peek: () => next,
    advance: () => {
      next = next?.next;
    },
    rewind: (after) => {
      next = firstAfter(first, after);
    },
    trim: (delivered) => {
      while (oldestPayload !== undefined) {
        const isOver =
          oldestPayload.n <= delivered
            ? withPayload > limits.historyMessages || heldBytes > limits.historyBytes
            : heldBytes > limits.bufferBytes;
        if (!isOver) break;
        dropOldestPayload(oldestPayload);
      }
      while (first !== undefined) {
        const isDelivered = first.n <= delivered;
        if (kept <= (isDelivered ? limits.historyMetadata : limits.bufferMessages)) break;
        if (oldestPayload === first) dropOldestPayload(first);
        unlink(first, undefined);
      }
    },
    letGo: (connections) => {
      let before: KeptRecord | undefined;
      let mayHavePayload = false;
      for (let node = first; node !== undefined; node = node.next) {
        mayHavePayload ||= node === oldestPayload;
        const { fact } = node;
        if (fact.kind !== 'message' || connections[fact.connection] !== true) {
          before = node;
          continue;
        }
        if (mayHavePayload) {
          withPayload -= 1;
          heldBytes -= node.bytes;
          if (oldestPayload === node) oldestPayload = node.next;
        }
        // Bytes of a Blob that still come find nobody waiting.
        fact.payloadState = 'evicted';
        unlink(node, before);
      }
    },
  };
}
