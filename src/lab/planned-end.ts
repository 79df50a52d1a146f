import type { Faults } from './faults.ts';

/** What the faults have in store for a connection after its n-th message. */
export type PlannedEnd = 'drop' | 'close' | 'half-open';

/** The end that is due when so many messages have been carried, or null. */
export function plannedEnd(faults: Faults, carried: number): PlannedEnd | null {
  if (faults.dropAfter !== null && carried >= faults.dropAfter) return 'drop';
  if (faults.closeAfter !== null && carried >= faults.closeAfter) return 'close';
  if (faults.halfOpen !== null && carried >= faults.halfOpen) return 'half-open';
  return null;
}
