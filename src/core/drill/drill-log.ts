import type { Milliseconds } from '../units.ts';
import type { DrillFact, DrillStepped } from './drill-facts.ts';

/** A time in which active mode was on. */
export interface Drill {
  /** The connection that it began with. */
  readonly connection: number;
  readonly seed: number;
  readonly startedAt: Milliseconds;
  endedAt?: Milliseconds;
  /** All but withheld messages, oldest first. */
  readonly steps: DrillStepped[];
  /** Messages that the page did not get. */
  withheld: number;
}

/** The drills of a session, from its facts. */
export interface DrillLog {
  readonly drills: readonly Drill[];
  take: (fact: DrillFact) => void;
  /** A document went away, with what was on in it. */
  end: (at: Milliseconds, isInDocument: (connection: number) => boolean) => void;
}

export function createDrillLog(): DrillLog {
  const drills: Drill[] = [];

  return {
    drills,
    take: (fact) => {
      const last = drills.at(-1);
      switch (fact.kind) {
        case 'drill-started': {
          const { connection, seed, at: startedAt } = fact;
          drills.push({ connection, seed, startedAt, steps: [], withheld: 0 });
          return;
        }
        case 'drill-step':
          if (last === undefined) return;
          if (fact.step === 'withheld') last.withheld += 1;
          else last.steps.push(fact);
          return;
        case 'drill-ended':
          if (last !== undefined) last.endedAt ??= fact.at;
          return;
      }
    },
    end: (at, isInDocument) => {
      for (const drill of drills) {
        if (drill.endedAt === undefined && isInDocument(drill.connection)) drill.endedAt = at;
      }
    },
  };
}
