import { Buffer } from 'node:buffer';
import type { WireConnection } from '../third-party/wire/wire-log.ts';
import type { SeenTry } from './tell-truth.ts';
import type { ResumeTruth } from './truth.ts';

/** How the numbers of the feed look in every protocol that carries it, also where JSON stands in JSON. */
const NUMBER = /\\*"seq\\*":(\d+)/gu;

/**
 * What the server's log says about the numbers of the feed: all those that it wrote to the connection before
 * the outage, and to the next one. The feed rests before each failure, so all that was written has arrived.
 */
export function resumeTruth(
  own: readonly SeenTry[],
  before: SeenTry,
  after: SeenTry | undefined,
): ResumeTruth {
  const earlier = own
    .slice(0, own.indexOf(before) + 1)
    .flatMap(({ connection }) => numbersOn(connection));
  const told = numbersOn(after?.connection);
  if (earlier.length === 0 || told.length === 0) {
    return { verdict: 'unknown', lost: [], repeated: [] };
  }
  const last = Math.max(...earlier);
  const latest = Math.max(...told);
  const known = new Set(told);
  const between = Array.from(
    { length: Math.max(0, latest - last) },
    (_, index) => last + 1 + index,
  );
  const lost = between.filter((seq) => !known.has(seq));
  const repeated = told.filter((seq) => seq <= last);
  const verdict = lost.length > 0 ? 'lost' : repeated.length > 0 ? 'repeated' : 'exact';
  return { verdict, lost, repeated };
}

function numbersOn(connection: WireConnection | undefined): number[] {
  return (connection?.messages ?? [])
    .filter(({ direction }) => direction === 'received')
    .flatMap(({ payload }) => {
      const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString('latin1');
      return [...text.matchAll(NUMBER)].map(([, seq]) => Number(seq));
    });
}
