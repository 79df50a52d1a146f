import type { Milliseconds } from '../../core/units.ts';

/** Upper edges of the stretches that latencies are counted in; each is about 1.6 times the one before. */
export const LATENCY_BINS: readonly Milliseconds[] = [
  1, 1.6, 2.5, 4, 6.3, 10, 16, 25, 40, 63, 100, 160, 250, 400, 630, 1_000, 1_600, 2_500, 4_000,
  6_300, 10_000, 16_000, 25_000, 40_000, 63_000, 100_000,
];

/** How many fall into each stretch; those beyond the last edge into the last. */
export function binLatencies(latencies: Float64Array): number[] {
  const bins = LATENCY_BINS.map(() => 0);
  for (const latency of latencies) {
    const found = LATENCY_BINS.findIndex((edge) => latency <= edge);
    const place = found === -1 ? bins.length - 1 : found;
    bins[place] = (bins[place] ?? 0) + 1;
  }
  return bins;
}
