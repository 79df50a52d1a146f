import type { Bytes, Milliseconds } from '../units.ts';
import { type Carried, lifeOf } from './carried.ts';
import type { Subject } from './subject.ts';

/** An even stretch of the time of a subject, and what it carried then. */
export interface Block {
  readonly messages: number;
  /** Payload, as the page gave and got it. */
  readonly bytes: Bytes;
  /** Connections and requests that began. */
  readonly requests: number;
  readonly events: number;
}

/** Enough to see how one stretch differs from another, few enough to be long. */
const BLOCKS = 40;

/** One pass over the rows; no payload is read. */
export function blocksOf(subject: Subject, carried: Carried): readonly Block[] {
  const { session, channels } = subject;
  const blocks = Array.from({ length: BLOCKS }, () => ({
    messages: 0,
    bytes: 0,
    requests: 0,
    events: 0,
  }));
  const { from, to } = lifeOf(subject);
  const blockAt = (at: Milliseconds) =>
    blocks[Math.min(BLOCKS - 1, Math.max(0, Math.floor(((at - from) / (to - from)) * BLOCKS)))];
  const { messages } = session;
  for (const { rows, connections } of channels) {
    for (const { createdAt } of connections) {
      const block = blockAt(createdAt);
      if (block !== undefined) block.requests += 1;
    }
    for (let index = 0; index < rows.length; index += 1) {
      const block = blockAt(messages.at(rows.get(index)));
      if (block === undefined) continue;
      block.messages += 1;
      block.bytes += messages.byteLength(rows.get(index));
    }
  }
  for (const at of carried.ats) {
    const block = blockAt(at);
    if (block !== undefined) block.events += 1;
  }
  return blocks;
}
