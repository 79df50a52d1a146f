import type { Channel } from '../channel.ts';
import type { ChannelStory } from '../story/story-types.ts';
import type { Milliseconds } from '../units.ts';
import { describeStep } from './describe-step.ts';
import type { Drill } from './drill-log.ts';
import { type RecoveryScore, scoreDrill } from './score.ts';

/** A drill, as the report has it. */
export interface DrillReport extends Omit<RecoveryScore, 'recovery'> {
  startedAt: Milliseconds;
  /** Absent where the recording ended first. */
  endedAt?: Milliseconds;
  seed: number;
  recoveryMs?: Milliseconds;
  /** What was done, in words. */
  steps: { at: Milliseconds; connection: string; text: string }[];
}

/** Nothing where a channel was never drilled. */
export function reportDrills(
  drills: readonly Drill[],
  channel: Channel,
  story: ChannelStory,
): { drills?: DrillReport[] } {
  if (drills.length === 0) return {};
  return { drills: drills.map((drill) => reportDrill(drill, scoreDrill(drill, channel, story))) };
}

function reportDrill(
  { startedAt, endedAt, seed, steps }: Drill,
  { recovery, ...score }: RecoveryScore,
): DrillReport {
  return {
    startedAt,
    ...(endedAt !== undefined && { endedAt }),
    seed,
    ...score,
    ...(recovery !== undefined && { recoveryMs: recovery }),
    steps: steps.map((fact) => ({
      at: fact.at,
      connection: `k${fact.connection}`,
      text: describeStep(fact),
    })),
  };
}
