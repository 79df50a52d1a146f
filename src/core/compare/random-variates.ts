/** Numbers from 0 up to 1. */
export type Random = () => number;

/** A normal number with mean 0 and deviation 1 (Box and Muller, 1958). */
export function drawNormal(random: Random): number {
  // 1 minus it is never 0, whose logarithm is none.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A gamma number with scale 1 (Marsaglia and Tsang, 2000). @param shape above 0 */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A beta number, from 0 to 1. */
export function drawBeta(a: number, b: number, random: Random): number {
  const x = drawGamma(a, random);
  return x / (x + drawGamma(b, random));
}
