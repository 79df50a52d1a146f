/** Mantissas that people write. */
const MANTISSAS = [1, 1.2, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8];

/** Numbers of milliseconds that people write into settings, from 10 to 300,000. */
export const ROUND_NUMBERS: readonly number[] = [10, 100, 1_000, 10_000, 100_000]
  .flatMap((scale) => MANTISSAS.map((mantissa) => mantissa * scale))
  .concat([700, 350, 450, 900])
  .filter((number) => Number.isInteger(number) && number <= 300_000)
  .sort((a, b) => a - b);

export const isRound = (number: number): boolean => ROUND_NUMBERS.includes(number);

/** The round numbers between two limits. */
export const roundBetween = (low: number, high: number): number[] =>
  ROUND_NUMBERS.filter((number) => number >= low && number <= high);
