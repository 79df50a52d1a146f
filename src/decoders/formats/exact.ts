import type { Data } from '../../core/decoded/data.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that bytes are, `undefined` where they are no UTF-8. */
export function utf8TextOf(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** What a format calls text: where it is none, the bytes stay as they are, and say so. */
export const textOrBytes = (bytes: Uint8Array): Data =>
  utf8TextOf(bytes) ?? { tag: 'invalid UTF-8', value: bytes.slice() };

/** A number where that is exact. */
export const exactInteger = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;

/** Milliseconds that a `Date` can hold (ECMAScript, “Time Values and Time Range”). */
const LONGEST_DATE = 8.64e15;

/** A moment, down to its nanoseconds; in numbers where no calendar reaches. */
export function momentOf(seconds: bigint, nanoseconds: number): Data {
  const milliseconds = Number(seconds) * 1000;
  if (Math.abs(milliseconds) > LONGEST_DATE || nanoseconds > 999_999_999) {
    return {
      entries: [
        ['seconds', exactInteger(seconds)],
        ['nanoseconds', nanoseconds],
      ],
    };
  }
  const whole = new Date(milliseconds).toISOString().slice(0, -'.000Z'.length);
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0')}`;
  return `${whole}${fraction.replace(/0+$/u, '')}Z`;
}
