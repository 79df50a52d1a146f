import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Records } from '../../../src/bridge/envelope.ts';
import type { MessagesEvicted } from '../../../src/bridge/tap-record.ts';
import type { TapLimits } from '../../../src/page/limits.ts';
import { createRecorder } from '../../../src/page/recorder.ts';
import { created, textMessage } from '../../builders/tap.ts';

vi.hoisted(() => vi.useFakeTimers());
afterAll(() => {
  vi.useRealTimers();
});

const few = (most: number) => fc.integer({ min: 1, max: most });
const limits: fc.Arbitrary<TapLimits> = fc.record({
  historyMessages: few(6),
  historyBytes: few(20),
  historyMetadata: few(8),
  historyConnections: fc.constant(2_000),
  bufferMessages: few(12),
  bufferBytes: few(40),
  payloadBytes: fc.constant(100),
  batchRecords: few(4),
  batchBytes: few(12),
  batchDelay: fc.constant(10),
  windowRecords: few(8),
  windowBytes: few(30),
});

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      connection: few(3),
      direction: fc.constantFrom('sent' as const, 'received' as const),
      length: fc.nat(6),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deliver' as const), batches: few(4) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'live' as const,
        'tick' as const,
        'acknowledge' as const,
        'start' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('lose' as const, 'stop' as const, 'leave' as const, 'stay' as const),
    }),
  },
);

const KEYS = [1, 2, 3].flatMap((connection) =>
  (['sent', 'received'] as const).map((direction) => ({ connection, direction })),
);
const keyOf = ({ connection, direction }: (typeof KEYS)[number]) => `${connection} ${direction}`;

/** What a panel does with batches, in the fewest words: the model that the recorder is held against. */
function aPanel() {
  let through = 0;
  const taken: number[] = [];
  const seen = new Map(KEYS.map((key) => [keyOf(key), { messages: 0, bytes: 0 }]));
  let dropped = 0;

  function hear(totals: MessagesEvicted): void {
    for (const direction of ['sent', 'received'] as const) {
      const mine = seen.get(keyOf({ connection: totals.connection, direction }));
      if (mine === undefined || totals[direction].messages <= mine.messages) continue;
      dropped += totals[direction].messages - mine.messages;
      Object.assign(mine, totals[direction]);
    }
  }

  return {
    taken,
    seen,
    get through() {
      return through;
    },
    get dropped() {
      return dropped;
    },
    take: ({ after, records, evicted }: Records) => {
      if (after > through) return;
      evicted.forEach(hear);
      for (const { n, fact } of records) {
        if (n <= through) continue;
        through = n;
        taken.push(n);
        if (fact.kind !== 'message') continue;
        const mine = seen.get(keyOf(fact));
        if (mine === undefined) throw new Error('no such connection');
        mine.messages += 1;
        mine.bytes += fact.byteLength;
      }
    },
  };
}

describe('a recorder', () => {
  it('brings over every wire all that it recorded, or says exactly what it let go', () => {
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 120, size: 'max' }), (small, steps) => {
        vi.clearAllTimers();
        const wire: Records[] = [];
        const panel = aPanel();
        const recorder = createRecorder(small, (batch) => {
          const bytes = batch.records.map(({ fact }) =>
            fact.kind === 'message' && fact.payload !== null ? fact.byteLength : 0,
          );
          expect(batch.records.length).toBeLessThanOrEqual(small.batchRecords);
          if (bytes.length > 1) {
            expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(
              small.batchBytes,
            );
          }
          expect(isAwake).toBe(true);
          wire.push(structuredClone(batch));
        });
        const recorded = new Map(KEYS.map((key) => [keyOf(key), { messages: 0, bytes: 0 }]));
        const life: number[] = [];
        let records = 0;
        let isAwake = false;

        const deliver = (batches: number) => wire.splice(0, batches).forEach(panel.take);
        const start = () => {
          wire.length = 0;
          isAwake = true;
          recorder.obey({ kind: 'start', after: panel.through });
        };
        for (const next of steps) {
          switch (next.do) {
            case 'record': {
              const { connection, direction, length } = next;
              const message = textMessage('x'.repeat(length), { connection, direction });
              recorder.record(message, length);
              const tally = recorded.get(keyOf(next));
              if (tally === undefined) throw new Error('no such connection');
              tally.messages += 1;
              tally.bytes += length;
              records += 1;
              break;
            }
            case 'live':
              recorder.record(created(4));
              records += 1;
              life.push(records);
              break;
            case 'tick':
              vi.advanceTimersByTime(10);
              break;
            case 'deliver':
              deliver(next.batches);
              break;
            case 'acknowledge':
              recorder.obey({ kind: 'acknowledge', through: panel.through });
              break;
            case 'lose':
              wire.length = 0;
              break;
            case 'start':
              start();
              break;
            case 'stop':
              recorder.obey({ kind: 'stop' });
              isAwake = false;
              break;
            case 'leave':
              recorder.leave();
              break;
            case 'stay':
              recorder.stay();
              break;
          }
        }
        recorder.stay();
        start();
        while (wire.length > 0) {
          deliver(Infinity);
          recorder.obey({ kind: 'acknowledge', through: panel.through });
        }

        expect(Object.fromEntries(panel.seen)).toEqual(Object.fromEntries(recorded));
        expect(panel.taken).toEqual([...new Set(panel.taken)].sort((a, b) => a - b));
        expect(panel.taken.length + panel.dropped).toBe(records);
        expect(life.filter((n) => !panel.taken.includes(n))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
