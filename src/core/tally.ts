import type { DirectionTally } from './facts.ts';

export function emptyTally(): DirectionTally {
  return { sent: { messages: 0, bytes: 0 }, received: { messages: 0, bytes: 0 } };
}

export function addToTally(tally: DirectionTally, more: DirectionTally): void {
  for (const direction of ['sent', 'received'] as const) {
    tally[direction].messages += more[direction].messages;
    tally[direction].bytes += more[direction].bytes;
  }
}
