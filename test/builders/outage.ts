import type { Outage, Resume } from '../../src/core/story/outage-types.ts';

export function aResume(told: Partial<Resume> = {}): Resume {
  const none = { lost: 0, repeated: 0, reordered: 0, lostRanges: [], repeatedRanges: [] };
  return { verdict: 'unknown', ...none, why: ['no field of the messages counts them'], ...told };
}

/** From 1 s to 2.2 s, over with the first try. */
export function anOutage(told: Partial<Outage> = {}): Outage {
  return {
    connection: 1,
    start: 1_000,
    end: 2_200,
    downtime: 1_200,
    isGivenUp: false,
    endedBy: 'network',
    isIntended: false,
    cause: 'The connection broke',
    attempts: [{ connection: 2, number: 1, createdAt: 2_100, delay: 1_100, openedAt: 2_200 }],
    sentAfter: 0,
    resume: aResume(),
    ...told,
  };
}
