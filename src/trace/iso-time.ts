import type { EpochMilliseconds } from '../core/units.ts';
import { FARTHEST_TIME, type JsonRecord, readText } from './fields.ts';
import { TraceError } from './trace-error.ts';

/**
 * Wall time as ISO 8601 in UTC, with as many digits after the second as the number has.
 * `performance.timeOrigin` has fractions of a millisecond, which `toISOString` would drop.
 */
export function toIsoTime(time: EpochMilliseconds): string {
  const inRange = Math.min(Math.max(time, -FARTHEST_TIME), FARTHEST_TIME);
  const iso = new Date(Math.floor(inRange)).toISOString();
  const [, fraction = ''] = /^\d+\.(\d+)$/u.exec(String(inRange)) ?? [];
  return iso.replace('Z', `${fraction}Z`);
}

/** @throws {TraceError} when the field is no such time */
export function readIsoTime(record: JsonRecord, key: string): EpochMilliseconds {
  const text = readText(record, key);
  const [, whole, fraction = ''] = /^([^.]*\.\d{3})(\d+)Z$/u.exec(text) ?? [];
  const time = Date.parse(whole === undefined ? text : `${whole}Z`);
  if (Number.isNaN(time)) throw new TraceError(`“${key}” is not a date and time.`);
  return fraction === '' ? time : Number(`${time}.${fraction}`);
}
