import type { EpochMilliseconds, Milliseconds } from '../units.ts';

/** How a field tells a time. */
export type TimeUnit = 's' | 'ms' | 'µs' | 'ISO 8601';

/** A time in a payload, and where it stood. */
export interface FoundTime {
  readonly path: string;
  readonly unit: TimeUnit;
  readonly time: EpochMilliseconds;
}

/** Clocks of servers that know the time at all are no further off. */
const MOST_OFF: Milliseconds = 3_600_000;
/** Longer payloads cost more to read than they tell. */
const LONGEST = 16_384;
const DEEPEST = 6;
const MOST_FIELDS = 200;
/** RFC 3339: a date, a time, and the zone, without which nobody knows the moment. */
const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/u;

/** The times near `now` that stand in a payload of JSON, also behind a protocol's digits. */
export function timesIn(payload: string, now: EpochMilliseconds): FoundTime[] {
  if (payload.length > LONGEST) return [];
  const found: FoundTime[] = [];
  let left = MOST_FIELDS;
  const look = (value: unknown, path: string, depth: number): void => {
    left -= 1;
    if (left < 0 || depth === 0) return;
    if (typeof value === 'number' || typeof value === 'string') {
      const time = timeOf(value, now);
      if (time !== undefined) found.push({ path, ...time });
    } else if (Array.isArray(value)) {
      value.forEach((element, index) => look(element, `${path}[${index}]`, depth - 1));
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, field] of Object.entries(value)) {
        look(field, path === '' ? name : `${path}.${name}`, depth - 1);
      }
    }
  };
  look(parse(payload), '', DEEPEST);
  return found;
}

function parse(text: string): unknown {
  const begin = text.search(/[[{]/u);
  if (begin === -1) return undefined;
  try {
    return JSON.parse(text.slice(begin));
  } catch {
    return undefined;
  }
}

const UNITS = [
  ['s', 1_000],
  ['ms', 1],
  ['µs', 0.001],
] as const;

function timeOf(
  value: number | string,
  now: EpochMilliseconds,
): Pick<FoundTime, 'unit' | 'time'> | undefined {
  if (typeof value === 'string') {
    if (!ISO.test(value)) return undefined;
    const time = Date.parse(value);
    return isNear(time, now) ? { unit: 'ISO 8601', time } : undefined;
  }
  for (const [unit, factor] of UNITS) {
    if (isNear(value * factor, now)) return { unit, time: value * factor };
  }
  return undefined;
}

const isNear = (time: number, now: EpochMilliseconds): boolean => Math.abs(time - now) <= MOST_OFF;
