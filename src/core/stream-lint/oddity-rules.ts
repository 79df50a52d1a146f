import type { Connection, NotedOddity } from '../channel.ts';
import type { StreamOddity } from '../facts.ts';
import { MOST_EVIDENCE, type StreamFinding } from './stream-finding.ts';

type Words = Pick<StreamFinding, 'rule' | 'severity' | 'advice'> & {
  readonly seen: (line: string) => string;
};

const WORDS: Readonly<Record<StreamOddity, Words>> = {
  'bad-retry': {
    rule: 'event-stream-retry',
    severity: 'warning',
    seen: (line) =>
      `The reconnection time ${line} is no whole number of milliseconds, so clients ignore it.`,
    advice: 'Write digits alone: “retry: 3000”.',
  },
  'nul-in-id': {
    rule: 'event-stream-id',
    severity: 'warning',
    seen: () =>
      'An event ID holds U+0000, so clients ignore it and ask for an older one when they reconnect.',
    advice: 'Write IDs as text without U+0000, for example as digits or base64url.',
  },
  'unfinished-event': {
    rule: 'event-stream-unfinished',
    severity: 'warning',
    seen: () =>
      'The server ended the stream within an event: without the blank line at its end it is never dispatched.',
    advice: 'End each event, the last one too, with an empty line.',
  },
  'byte-order-mark': {
    rule: 'event-stream-mark',
    severity: 'warning',
    seen: (line) =>
      `A byte order mark stands before the line ${line}, so clients do not know its field.`,
    advice:
      'Join texts without their byte order marks; only one at the very beginning of a stream is taken away.',
  },
};

const LONGEST_QUOTE = 40;

/** What the raw text showed that clients ignore. */
export function findOddities(connections: readonly Connection[]): StreamFinding[] {
  const byKind = new Map<StreamOddity, { first: NotedOddity; count: number; at: number[] }>();
  for (const { id, oddities } of connections) {
    for (const noted of oddities) {
      const known = byKind.get(noted.oddity) ?? { first: noted, count: 0, at: [] };
      known.count += 1;
      if (known.at.at(-1) !== id && known.at.length < MOST_EVIDENCE) known.at.push(id);
      byKind.set(noted.oddity, known);
    }
  }
  return [...byKind].map(([oddity, { first, count, at }]) => {
    const { rule, severity, seen, advice } = WORDS[oddity];
    const times = count > 1 ? ` Seen ${count} times.` : '';
    return {
      rule,
      severity,
      summary: seen(`“${first.line.slice(0, LONGEST_QUOTE)}”`) + times,
      advice,
      rows: [],
      connections: at,
    };
  });
}
