import { type Data, isBytes } from '../../core/decoded/data.ts';
import { joinBytes } from '../../core/http/joined-bytes.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { exactInteger, textOrBytes } from './exact.ts';
import { readEntries, readItems, type ReadValues, readValues } from './read-values.ts';

/** CBOR and CBOR sequences (RFC 8949, RFC 8742). */
export const readCbor = (bytes: Uint8Array): ReadValues => readValues(bytes, readValue);

/** Additional information of the first byte (RFC 8949 section 3). */
const INDEFINITE = 31;
const BREAK = 0xff;

/** Tags with a name (RFC 8949 section 3.4, and the IANA registry “CBOR Tags”). */
const TAG_NAMES: Readonly<Record<string, string>> = {
  0: 'date and time',
  1: 'epoch time',
  4: 'decimal fraction',
  5: 'bigfloat',
  24: 'embedded CBOR',
  30: 'rational number',
  32: 'URI',
  33: 'base64url',
  34: 'base64',
  35: 'regular expression',
  37: 'UUID',
  100: 'days since 1970',
  258: 'set',
  55799: 'self-described CBOR',
};
const POSITIVE_BIGNUM = 2n;
const NEGATIVE_BIGNUM = 3n;
/** Beyond, a bignum stays bytes: making it an integer costs more than its length. */
const LONGEST_BIGNUM = 1024;

function readValue(cursor: ByteCursor, depth: number): Data | undefined {
  const from = cursor.at;
  if (!cursor.enter(depth)) return undefined;
  const byte = cursor.uint8();
  if (cursor.hasStopped()) return undefined;
  const major = byte >> 5;
  const info = byte & 0x1f;
  if (info > 27 && info < INDEFINITE) {
    cursor.fail(`additional information ${info} is reserved`, from);
    return undefined;
  }
  if (major === 7) return readSimple(cursor, info, from);
  if (info === INDEFINITE) return readIndefinite(cursor, major, depth, from);
  const argument = readArgument(cursor, info);
  if (cursor.hasStopped()) return undefined;
  const count = Number(argument);
  switch (major) {
    case 0:
      return exactInteger(argument);
    case 1:
      return exactInteger(-1n - argument);
    case 2:
      return cursor.take(count)?.slice();
    case 3: {
      const bytes = cursor.take(count);
      return bytes && textOrBytes(bytes);
    }
    case 4:
      return readItems(cursor, count, depth, readValue);
    case 5:
      return { entries: readEntries(cursor, count, depth, readValue) };
    default:
      return readTagged(cursor, argument, depth);
  }
}

function readArgument(cursor: ByteCursor, info: number): bigint {
  if (info < 24) return BigInt(info);
  if (info === 24) return BigInt(cursor.uint8());
  if (info === 25) return BigInt(cursor.uint16());
  return info === 26 ? BigInt(cursor.uint32()) : cursor.uint64();
}

function readTagged(cursor: ByteCursor, tag: bigint, depth: number): Data | undefined {
  const value = readValue(cursor, depth + 1);
  if (value === undefined) return undefined;
  if (isBytes(value) && value.length <= LONGEST_BIGNUM) {
    if (tag === POSITIVE_BIGNUM) return exactInteger(bignumOf(value));
    if (tag === NEGATIVE_BIGNUM) return exactInteger(-1n - bignumOf(value));
  }
  const name = TAG_NAMES[String(tag)];
  return { tag: name === undefined ? `tag ${tag}` : `tag ${tag} (${name})`, value };
}

function bignumOf(bytes: Uint8Array): bigint {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex === '' ? 0n : BigInt(`0x${hex}`);
}

function readSimple(cursor: ByteCursor, info: number, from: number): Data | undefined {
  const value = simpleOf(cursor, info);
  if (value === undefined) cursor.fail('a break where nothing is open', from);
  return !cursor.hasStopped() ? value : undefined;
}

function simpleOf(cursor: ByteCursor, info: number): Data | undefined {
  switch (info) {
    case 20:
      return false;
    case 21:
      return true;
    case 22:
      return null;
    case 23:
      return { tag: 'undefined', value: null };
    case 24:
      return { tag: `simple ${cursor.uint8()}`, value: null };
    case 25:
      return float16Of(cursor.uint16());
    case 26:
      return cursor.float32();
    case 27:
      return cursor.float64();
    case INDEFINITE:
      return undefined;
    default:
      return { tag: `simple ${info}`, value: null };
  }
}

/** IEEE 754 half precision (RFC 8949, appendix D). */
function float16Of(half: number): number {
  const exponent = (half >> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  const sign = half >= 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Infinity : NaN;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}

function readIndefinite(
  cursor: ByteCursor,
  major: number,
  depth: number,
  from: number,
): Data | undefined {
  switch (major) {
    case 2:
      return readChunks(cursor, 2);
    case 3: {
      const bytes = readChunks(cursor, 3);
      return bytes && textOrBytes(bytes);
    }
    case 4:
      return readItems(cursor, Infinity, depth, readUnlessBreak);
    case 5:
      return { entries: readEntries(cursor, Infinity, depth, readUnlessBreak) };
    default:
      cursor.fail(`major type ${major} has no indefinite length`, from);
      return undefined;
  }
}

function isBreak(cursor: ByteCursor): boolean {
  if (cursor.hasStopped() || cursor.bytes[cursor.at] !== BREAK) return false;
  cursor.at += 1;
  return true;
}

const readUnlessBreak = (cursor: ByteCursor, depth: number): Data | undefined =>
  isBreak(cursor) ? undefined : readValue(cursor, depth);

/** The pieces of a text or of bytes without a length, joined. */
function readChunks(cursor: ByteCursor, major: number): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  while (!isBreak(cursor)) {
    const from = cursor.at;
    if (!cursor.enter(0)) return undefined;
    const byte = cursor.uint8();
    const info = byte & 0x1f;
    if (!cursor.hasStopped() && (byte >> 5 !== major || info > 27)) {
      cursor.fail('a piece of another type inside a text or bytes', from);
      return undefined;
    }
    const chunk = cursor.take(Number(readArgument(cursor, info)));
    if (chunk === undefined) return undefined;
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}
