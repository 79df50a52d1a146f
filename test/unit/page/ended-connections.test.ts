import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Records } from '../../../src/bridge/envelope.ts';
import { createRecorder } from '../../../src/page/recorder.ts';
import { created, limitsOf, textMessage } from '../../builders/tap.ts';

vi.hoisted(() => vi.useFakeTimers());
afterAll(() => {
  vi.useRealTimers();
});

/** What one panel knows of a document, from the batches that it was sent. */
function aPanel() {
  let through = 0;
  const known = new Map<number, { isOver: boolean; messages: number }>();
  const gone = { connections: 0, requests: 0, messages: 0 };
  let messages = 0;
  const dropped = new Map<number, number>();
  return {
    known,
    gone,
    get through() {
      return through;
    },
    /** Every message that it saw or heard was let go. */
    get messages() {
      return messages + gone.messages + [...dropped.values()].reduce((sum, n) => sum + n, 0);
    },
    take: ({ after, records, evicted }: Records) => {
      if (after > through) return;
      // Before its connection is known, a total counts from nothing; afterwards from what was seen.
      for (const { connection, received } of evicted) {
        const before = (known.get(connection)?.messages ?? 0) + (dropped.get(connection) ?? 0);
        const missing = Math.max(0, received.messages - before);
        dropped.set(connection, (dropped.get(connection) ?? 0) + missing);
      }
      for (const { n, fact } of records) {
        if (n <= through) continue;
        through = n;
        if (fact.kind === 'connection-created') {
          known.set(fact.connection, { isOver: false, messages: 0 });
        } else if (fact.kind === 'connections-evicted') {
          gone.connections += fact.connections;
          gone.requests += fact.requests;
          gone.messages += fact.received.messages;
        } else if (fact.kind === 'connection-ended') {
          const connection = known.get(fact.connection);
          if (connection === undefined) throw new Error('an end of nothing');
          connection.isOver = true;
        } else if (fact.kind === 'message') {
          const connection = known.get(fact.connection);
          if (connection === undefined) throw new Error('a message of nothing');
          connection.messages += 1;
          messages += 1;
        }
      }
    },
  };
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant('open' as const) },
  { weight: 8, arbitrary: fc.constant('message' as const) },
  { weight: 6, arbitrary: fc.constant('end' as const) },
  { weight: 2, arbitrary: fc.constantFrom('deliver' as const, 'watch' as const) },
  { weight: 1, arbitrary: fc.constantFrom('stop' as const, 'new panel' as const) },
);

describe('connections that ended long ago', () => {
  it('are let go and counted: every panel knows or has counted each of them', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.array(step, { maxLength: 150, size: 'max' }), (most, steps) => {
        vi.clearAllTimers();
        const limits = limitsOf({
          historyConnections: most,
          historyMetadata: 20,
          historyMessages: 5,
        });
        const wire: Records[] = [];
        const recorder = createRecorder(limits, (batch) => {
          wire.push(structuredClone(batch));
        });
        let panel = aPanel();
        let isWatched = false;
        const open: number[] = [];
        let connections = 0;
        let messages = 0;

        const deliver = () => {
          vi.advanceTimersByTime(100);
          for (let batch = wire.shift(); batch !== undefined; batch = wire.shift()) {
            panel.take(batch);
            if (isWatched) recorder.obey({ kind: 'acknowledge', through: panel.through });
          }
        };
        const watch = () => {
          isWatched = true;
          recorder.obey({ kind: 'start', after: panel.through });
        };
        for (const what of steps) {
          switch (what) {
            case 'open':
              connections += 1;
              open.push(recorder.nextConnection());
              recorder.record(created(connections));
              break;
            case 'message':
              if (open[0] === undefined) break;
              messages += 1;
              recorder.record(textMessage('x', { connection: open[0] }), 1);
              break;
            case 'end': {
              const connection = open.shift();
              if (connection === undefined) break;
              recorder.record({ kind: 'connection-ended', connection, at: 0, endedBy: 'page' });
              break;
            }
            case 'deliver':
              deliver();
              break;
            case 'watch':
              watch();
              break;
            case 'stop':
              deliver();
              isWatched = false;
              recorder.obey({ kind: 'stop' });
              break;
            case 'new panel':
              wire.length = 0;
              isWatched = false;
              recorder.obey({ kind: 'stop' });
              panel = aPanel();
          }
        }
        watch();
        deliver();
        expect(panel.known.size + panel.gone.connections).toBe(connections);
        const alive = [...panel.known].filter(([, { isOver }]) => !isOver).map(([id]) => id);
        expect(alive).toEqual(open);
        expect(panel.messages).toBe(messages);
      }),
      { numRuns: 500 },
    );
  });

  it('do not grow the history: a day of polling leaves it as an hour does', () => {
    const sizeAfter = (requests: number) => {
      vi.clearAllTimers();
      const wire: Records[] = [];
      const recorder = createRecorder(limitsOf({ historyConnections: 50 }), (batch) => {
        wire.push(batch);
      });
      for (let connection = 1; connection <= requests; connection += 1) {
        recorder.nextConnection();
        recorder.record(created(connection, { transport: 'fetch' }));
        recorder.record(textMessage('answer', { connection }), 6);
        recorder.record({ kind: 'connection-ended', connection, at: 0, endedBy: 'server' });
      }
      recorder.obey({ kind: 'start', after: 0 });
      return wire.reduce((sum, { records }) => sum + records.length, 0);
    };
    const [hour, day] = [sizeAfter(3_600), sizeAfter(86_400)];
    expect(day).toBeLessThan(hour * 1.2);
  });
});
