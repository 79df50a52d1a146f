import type { Bytes, Milliseconds } from './units.ts';

const counts = new Intl.NumberFormat('en');
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const formatCount = (count: number): string => counts.format(count);

/** `1 channel`, `4 channels`. */
export const formatCountOf = (count: number, one: string): string =>
  `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;

/** Rounded as it is written, so that what rounds up to the next unit is told in it. */
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** `37 %`; never rounded up to all, nor down to nothing. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return 'under 1 %';
  return `${percent > 99 && percent < 100 ? 99 : Math.round(percent)} %`;
}

/** Decimal units, as in Chrome's Network panel. */
export function formatBytes(bytes: Bytes): string {
  if (bytes < 1_000) return `${bytes} B`;
  const kilobytes = rounded(bytes / 1_000);
  if (kilobytes < 1_000) return `${oneDigit.format(kilobytes)} kB`;
  return `${oneDigit.format(bytes / 1_000_000)} MB`;
}

/** A point on the session's axis: `12.031`, in seconds, then `2:05.031`. */
export function formatAt(at: Milliseconds): string {
  const sign = at < 0 ? '−' : '';
  const milliseconds = Math.round(Math.abs(at));
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return sign + seconds.toFixed(3);
  const minutes = Math.floor(seconds / 60);
  const rest = ((milliseconds % 60_000) / 1_000).toFixed(3).padStart(6, '0');
  if (minutes < 60) return `${sign}${minutes}:${rest}`;
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** A span: `8 ms`, `1.2 s`, `3.5 min`. */
export function formatSpan(span: Milliseconds): string {
  if (rounded(Math.abs(span)) < 10) return `${oneDigit.format(span)} ms`;
  if (Math.round(Math.abs(span)) < 1_000) return `${Math.round(span)} ms`;
  if (rounded(Math.abs(span) / 1_000) < 60) return `${oneDigit.format(span / 1_000)} s`;
  if (rounded(Math.abs(span) / 60_000) < 60) return `${oneDigit.format(span / 60_000)} min`;
  return `${oneDigit.format(span / 3_600_000)} h`;
}

/** The mark of an axis: `0 s`, `1.5 s`, `500 ms`, `2 min`. */
export function formatTick(at: Milliseconds, step: Milliseconds): string {
  if (step < 1_000 && Math.abs(at) < 1_000) return at === 0 ? '0' : `${oneDigit.format(at)} ms`;
  if (step >= 60_000) return `${oneDigit.format(at / 60_000)} min`;
  return `${new Intl.NumberFormat('en', { maximumFractionDigits: 3 }).format(at / 1_000)} s`;
}
