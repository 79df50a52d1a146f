import type { MeasuredDelay } from './policy-types.ts';
import type { Outage } from './outage-types.ts';

/** All delays of a channel, in the order in which the tries were made. */
export function measureDelays(outages: readonly Outage[]): MeasuredDelay[] {
  return outages.flatMap(({ attempts }, outage) =>
    attempts.map(({ number: attempt, delay, connection, openedAt }) => ({
      outage,
      attempt,
      delay,
      connection,
      isOpened: openedAt !== undefined,
    })),
  );
}
