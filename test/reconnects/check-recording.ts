import type { Milliseconds } from '../../src/core/units.ts';
import type { Entry } from './entry.ts';
import { delayRange } from './policy.ts';
import type { Truth } from './truth.ts';

/** How much later than planned a try may come before the machine was too busy for a recording. */
const LATE: Milliseconds = 120;
const EARLY: Milliseconds = 15;

/**
 * What speaks against a recording: delays that the server saw and that the settings do not allow. Either the
 * machine was busy, or the settings are not what the library does; in neither case it may be kept.
 */
export function checkRecording({ policy }: Entry, { channels }: Truth): string[] {
  return channels.flatMap(({ outages }) =>
    outages.flatMap(({ delaysMs, cause }, outage) =>
      delaysMs.flatMap((delay, index) => {
        // When a page noticed a silence only the page knows.
        if (cause === 'silence' && index === 0) return [];
        const [least, most] = delayRange(policy, index + 1);
        const isAllowed = delay >= least - EARLY && delay <= most + LATE;
        const place = `outage ${outage + 1}, try ${index + 1}`;
        return isAllowed ? [] : [`${place} came after ${delay} ms, not ${least} to ${most}`];
      }),
    ),
  );
}
