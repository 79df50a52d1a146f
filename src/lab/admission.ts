import type { Faults, LabEndpoint } from './faults.ts';
import type { Stories } from './stories.ts';

/** The HTTP status of a refusal, or null when the try may go on. Counts the try. */
export function refusalOf(stories: Stories, endpoint: LabEndpoint, faults: Faults): number | null {
  const tries = faults.key === null ? Infinity : stories.countTry(endpoint, faults, faults.key);
  if (faults.status !== null) return faults.status;
  return tries <= faults.refuse ? faults.refuseStatus : null;
}
