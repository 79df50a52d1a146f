import { formatBytes, formatCount, formatSpan } from '../format.ts';
import type { MeasureUnit } from './measure-kinds.ts';
import type { Reading } from './reading.ts';

const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** A number as people write it: 0.42, 3.4, 120. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size < 1) return twoDigits.format(value);
  return size < 100 ? oneDigit.format(value) : formatCount(Math.round(value));
}

export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 10 ? oneDigit.format(percent) : Math.round(percent)} %`;
}

export function formatValue(value: number, unit: MeasureUnit): string {
  switch (unit) {
    case 'bytes':
      return Math.abs(value) < 10 ? `${oneDigit.format(value)} B` : formatBytes(Math.round(value));
    case 'milliseconds':
      return value < 0 ? `−${formatSpan(-value)}` : formatSpan(value);
    case 'share':
      return formatShare(value);
    case 'times':
      return `× ${formatNumber(value)}`;
    case 'count':
      return formatNumber(value);
    case 'per second':
      return `${formatNumber(value)}/s`;
    case 'per minute':
      return `${formatNumber(value)}/min`;
    case 'per hour':
      return `${formatNumber(value)}/h`;
    case 'word':
      return '';
  }
}

export const readingWords = ({ value, word }: Reading, unit: MeasureUnit): string =>
  word ?? formatValue(value, unit);
