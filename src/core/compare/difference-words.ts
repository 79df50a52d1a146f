import type { Difference, Interval } from './difference.ts';
import type { MeasureFace, MeasureUnit } from './measure-kinds.ts';
import { formatNumber, formatValue } from './value-words.ts';

type Kind = Pick<MeasureFace, 'unit' | 'better'>;

/** A difference in a few words: `1.8 × as much, 95 % between 1.7 and 1.9`. */
export function differenceWords(difference: Difference, kind: Kind): string {
  const { verdict, interval } = difference;
  switch (verdict) {
    case 'equal':
      return 'the same';
    case 'within chance':
      return 'no difference that this many messages could show';
    case 'too few':
      return `${sizeWords(difference, kind.unit)}, too few to say how sure`;
    case 'differs':
      if (kind.unit === 'word') return 'another one';
      return interval === undefined
        ? sizeWords(difference, kind.unit)
        : `${sizeWords(difference, kind.unit)}, 95 % between ${intervalWords(interval, difference, kind.unit)}`;
  }
}

/** What is measured in time is as long, what comes again and again as often, the rest as much. */
const AS: Readonly<Record<MeasureUnit, string>> = {
  bytes: 'as much',
  milliseconds: 'as long',
  count: 'as many',
  share: 'as much',
  times: 'as much',
  'per second': 'as often',
  'per minute': 'as often',
  'per hour': 'as often',
  word: '',
};

const LESS: Readonly<Record<MeasureUnit, string>> = {
  bytes: 'less',
  milliseconds: 'shorter',
  count: 'fewer',
  share: 'less',
  times: 'less',
  'per second': 'less often',
  'per minute': 'less often',
  'per hour': 'less often',
  word: '',
};

/** What is a little more or less is told in percent, what is a lot in times. */
const A_LOT = 2;

function sizeWords({ ratio, delta }: Difference, unit: MeasureUnit): string {
  if (ratio === undefined) return deltaWords(delta, unit);
  if (ratio >= 1) return `${formatTimes(ratio)} × ${AS[unit]}`;
  const inverse = 1 / ratio;
  return inverse >= A_LOT
    ? `1/${formatTimes(inverse)} ${AS[unit]}`
    : `${Math.round((1 - ratio) * 100)} % ${LESS[unit]}`;
}

function intervalWords({ low, high }: Interval, difference: Difference, unit: MeasureUnit): string {
  const { ratio } = difference;
  if (ratio === undefined) return `${deltaWords(low, unit)} and ${deltaWords(high, unit)}`;
  if (ratio >= 1) return `${formatTimes(low)} and ${formatTimes(high)}`;
  return 1 / ratio >= A_LOT
    ? `1/${formatTimes(1 / low)} and 1/${formatTimes(1 / high)}`
    : `${Math.round((1 - high) * 100)} and ${Math.round((1 - low) * 100)} %`;
}

/** Two digits that tell: 1.03, 1.8, 12. */
function formatTimes(ratio: number): string {
  if (ratio < 1.1) return ratio.toFixed(2);
  return ratio < 10 ? ratio.toFixed(1) : formatNumber(Math.round(ratio));
}

function deltaWords(delta: number, unit: MeasureUnit): string {
  const sign = delta < 0 ? '−' : '+';
  return unit === 'share'
    ? `${sign}${formatNumber(Math.abs(delta) * 100)} points`
    : `${sign}${formatValue(Math.abs(delta), unit)}`;
}

/** Whether the difference is for the better; `undefined` where there is none, or neither is better. */
export function isBetter({ verdict, delta }: Difference, { better }: Kind): boolean | undefined {
  if (verdict !== 'differs' || better === 'neither') return undefined;
  return better === 'less' ? delta < 0 : delta > 0;
}
