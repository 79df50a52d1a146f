import { Buffer } from 'node:buffer';
import type { EpochMilliseconds } from '../../src/core/units.ts';
import type { WireConnection } from '../third-party/wire/wire-log.ts';
import type { SeenTry } from './tell-truth.ts';
import type { ResumeTruth } from './truth.ts';

/** How the numbers of the feed look in every protocol that carries it, also where JSON stands in JSON. */
const NUMBER = /\\*"seq\\*":(\d+)/gu;

/** The numbers of the feed in a message, whatever protocol is around them. */
export function numbersIn(payload: string | Uint8Array): number[] {
  const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString('latin1');
  return [...text.matchAll(NUMBER)].map(([, seq]) => Number(seq));
}

/** What is missing and what came twice, of the numbers before an outage and those of the next connection. */
export function compareNumbers(
  before: readonly number[],
  after: readonly number[],
): Pick<ResumeTruth, 'verdict' | 'lost' | 'repeated'> {
  if (before.length === 0 || after.length === 0) {
    return { verdict: 'unknown', lost: [], repeated: [] };
  }
  const last = Math.max(...before);
  const latest = Math.max(...after);
  const known = new Set(after);
  const between = Array.from(
    { length: Math.max(0, latest - last) },
    (_, index) => last + 1 + index,
  );
  const lost = between.filter((seq) => !known.has(seq));
  const repeated = after.filter((seq) => seq <= last);
  const verdict = lost.length > 0 ? 'lost' : repeated.length > 0 ? 'repeated' : 'exact';
  return { verdict, lost, repeated };
}

/**
 * What the server's log says about the numbers of the feed: all those that it wrote to the connections before
 * the outage, and to the next one. The feed rests before each failure, so all that was written has arrived.
 *
 * @param failedAt what a server writes from then on goes nowhere
 */
export function resumeTruth(
  own: readonly SeenTry[],
  before: SeenTry,
  after: SeenTry | undefined,
  failedAt: EpochMilliseconds,
): ResumeTruth {
  const earlier = own.slice(0, own.indexOf(before) + 1);
  return compareNumbers(
    earlier.flatMap(({ connection }) => numbersOn(connection, failedAt)),
    numbersOn(after?.connection, Infinity),
  );
}

function numbersOn(connection: WireConnection | undefined, until: EpochMilliseconds): number[] {
  return (connection?.messages ?? [])
    .filter(({ direction, at = 0 }) => direction === 'received' && at < until)
    .flatMap(({ payload }) => numbersIn(payload));
}
