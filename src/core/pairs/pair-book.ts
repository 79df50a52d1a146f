import type { PairStep } from '../decoded/decoded.ts';
import type { Direction } from '../facts.ts';
import type { Bytes, Milliseconds } from '../units.ts';

/** A request and what became of it. */
export interface Pair {
  readonly connection: number;
  /** What was asked for. */
  readonly kind: string;
  readonly asker: Direction;
  readonly askRow: number;
  readonly askedAt: Milliseconds;
  outcome: 'open' | 'answered' | 'failed';
  answerRow?: number;
  /** From the request to its answer, both as the page saw them. */
  latency?: Milliseconds;
}

/** From the wish to be told until nothing more comes. */
export interface Subscription {
  readonly connection: number;
  readonly kind: string;
  readonly asker: Direction;
  readonly askRow: number;
  readonly from: Milliseconds;
  /** The other side said that it stands. */
  confirmedAt?: Milliseconds;
  /** What came for it. */
  messages: number;
  bytes: Bytes;
  lastAt: Milliseconds;
  lastRow: number;
  to?: Milliseconds;
  ended: 'open' | 'completed' | 'failed' | 'cancelled';
}

/** A step as it happened. */
export interface TakenStep {
  readonly connection: number;
  readonly row: number;
  readonly at: Milliseconds;
  readonly byteLength: Bytes;
  readonly kind: string;
  readonly pair: PairStep;
}

/** What belongs together in one channel. Each step costs the same, however many are kept. */
export interface PairBook {
  take: (step: TakenStep) => void;
  readonly pairs: readonly Pair[];
  readonly subscriptions: readonly Subscription[];
  /** Answers to nothing that we saw: it was asked before, or its request was dropped. */
  readonly strays: number;
}

export function createPairBook(): PairBook {
  const pairs: Pair[] = [];
  const subscriptions: Subscription[] = [];
  const openPairs = new Map<string, Pair>();
  const openSubscriptions = new Map<string, Subscription>();
  let strays = 0;

  function open({ connection, row, at, byteLength, kind, pair }: TakenStep, key: string): void {
    const asked = { connection, kind, asker: pair.asker, askRow: row };
    if (pair.step === 'ask') {
      const fresh: Pair = { ...asked, askedAt: at, outcome: 'open' };
      pairs.push(fresh);
      openPairs.set(key, fresh);
      return;
    }
    const fresh: Subscription = {
      ...asked,
      from: at,
      messages: 0,
      bytes: byteLength,
      lastAt: at,
      lastRow: row,
      ended: 'open',
    };
    subscriptions.push(fresh);
    openSubscriptions.set(key, fresh);
  }

  function answer(step: TakenStep, key: string, outcome: 'answered' | 'failed'): void {
    const { row, at } = step;
    const pair = openPairs.get(key);
    if (pair !== undefined) {
      pair.outcome = outcome;
      pair.answerRow = row;
      pair.latency = Math.max(0, at - pair.askedAt);
      openPairs.delete(key);
      return;
    }
    const subscription = openSubscriptions.get(key);
    if (subscription === undefined) strays += 1;
    else if (outcome === 'failed') end(step, key, 'failed');
    else subscription.confirmedAt ??= at;
  }

  function next({ row, at, byteLength }: TakenStep, key: string): void {
    const subscription = openSubscriptions.get(key);
    if (subscription === undefined) {
      strays += 1;
      return;
    }
    subscription.messages += 1;
    subscription.bytes += byteLength;
    subscription.lastAt = at;
    subscription.lastRow = row;
  }

  function end(
    { row, at }: TakenStep,
    key: string,
    how: 'completed' | 'failed' | 'cancelled',
  ): void {
    const subscription = openSubscriptions.get(key);
    if (subscription !== undefined) {
      subscription.ended = how;
      subscription.to = at;
      subscription.lastAt = at;
      subscription.lastRow = row;
      openSubscriptions.delete(key);
      return;
    }
    // The end of a stream of one: the request has been answered, and nothing more was promised.
    const pair = openPairs.get(key);
    if (pair === undefined) {
      if (how !== 'cancelled') strays += 1;
      return;
    }
    pair.outcome = how === 'completed' ? 'answered' : 'failed';
    pair.answerRow = row;
    pair.latency = Math.max(0, at - pair.askedAt);
    openPairs.delete(key);
  }

  return {
    pairs,
    subscriptions,
    get strays() {
      return strays;
    },
    take: (step) => {
      const key = `${step.connection} ${step.pair.asker} ${step.pair.id}`;
      switch (step.pair.step) {
        case 'ask':
        case 'subscribe':
          open(step, key);
          return;
        case 'answer':
          answer(step, key, 'answered');
          return;
        case 'fail':
          answer(step, key, 'failed');
          return;
        case 'next':
          next(step, key);
          return;
        case 'complete':
          end(step, key, 'completed');
          return;
        case 'cancel':
          end(step, key, 'cancelled');
          return;
      }
    },
  };
}
