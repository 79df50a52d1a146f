import type { Distribution } from '../measures/distribution.ts';
import type { Grade, Graded } from '../measures/measures.ts';
import { type Resample, resampleQuantile } from './uncertainty.ts';

/** What a measure says of one subject. */
export interface Reading {
  readonly value: number;
  /** Of measures that are no numbers: the value in words. */
  readonly word?: string;
  readonly grade: Grade;
  /** In a sentence: how it was obtained. */
  readonly how: string;
  /** How the value might have come out otherwise; `exact` where it was counted, `too few` where nobody can say. */
  readonly chance: Resample | 'exact' | 'too few';
  /** The values behind it. */
  readonly spread?: Distribution;
}

/** What was counted is as it is. */
export const counted = (value: number, how: string): Reading => ({
  value,
  grade: 'measured',
  how,
  chance: 'exact',
});

export const gradedReading = (
  { value, grade, how }: Graded,
  chance: Reading['chance'] = 'exact',
): Reading => ({ value, grade, how, chance });

/** A percentile of many values. @param share 0.5 for the median */
export function quantileReading(
  spread: Distribution | undefined,
  share: number,
  how: string,
): Reading | undefined {
  if (spread === undefined) return undefined;
  const { sorted, count } = spread;
  return {
    value: sorted[Math.max(0, Math.ceil(share * count) - 1)] ?? 0,
    grade: 'measured',
    how: `${how} Of ${count} ${count === 1 ? 'value' : 'values'}.`,
    chance: resampleQuantile(sorted, share) ?? 'too few',
    spread,
  };
}
