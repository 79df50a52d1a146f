/**
 * How often a value of one is larger than a value of the other, less how often it is smaller: from −1 (always smaller) to 1
 * (always larger), 0 where neither tends to be (Cliff's delta, 1993). One pass over both.
 * @param values ascending
 * @param base ascending
 */
export function cliffsDelta(values: Float64Array, base: Float64Array): number {
  if (values.length === 0 || base.length === 0) return 0;
  let [below, notAbove, sum] = [0, 0, 0];
  for (const value of values) {
    while (below < base.length && (base[below] ?? 0) < value) below += 1;
    while (notAbove < base.length && (base[notAbove] ?? 0) <= value) notAbove += 1;
    sum += below - (base.length - notAbove);
  }
  return sum / (values.length * base.length);
}

export type EffectWord = 'negligible' | 'small' | 'medium' | 'large';

/** The usual bounds for Cliff's delta (Romano and others, 2006). */
export function effectWord(delta: number): EffectWord {
  const size = Math.abs(delta);
  if (size < 0.147) return 'negligible';
  if (size < 0.33) return 'small';
  return size < 0.474 ? 'medium' : 'large';
}
