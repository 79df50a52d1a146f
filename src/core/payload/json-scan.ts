/*
 * Finds the parts of a JSON text (RFC 8259) without building its values: a tree shows what is on the
 * wire – numbers digit for digit, keys in their order – and pays only for what is opened.
 * The text was accepted by `JSON.parse` before; still every scan ends, and none recurses.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const isSpace = (unit: number): boolean =>
  unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
const opens = (unit: number): boolean => unit === 0x7b || unit === 0x5b;
const closes = (unit: number): boolean => unit === 0x7d || unit === 0x5d;

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal';

export function kindAt(text: string, at: number): JsonKind {
  const unit = text[at];
  if (unit === '{') return 'object';
  if (unit === '[') return 'array';
  if (unit === '"') return 'string';
  return unit === 't' || unit === 'f' || unit === 'n' ? 'literal' : 'number';
}

export function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

/** @param at the opening quote @returns the place after the closing one, or `limit` */
export function skipString(text: string, at: number, limit = text.length): number {
  let quote = at;
  for (;;) {
    quote = text.indexOf('"', quote + 1);
    if (quote === -1 || quote >= limit) return limit;
    let slashes = quote;
    while (text.charCodeAt(slashes - 1) === BACKSLASH && slashes - 1 > at) slashes -= 1;
    if ((quote - slashes) % 2 === 0) return quote + 1;
  }
}

/** @param at the value's first character @returns the place after its last, or `limit` */
export function skipValue(text: string, at: number, limit = text.length): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return skipString(text, at, limit);
  let end = at;
  if (!opens(first)) {
    while (end < limit) {
      const unit = text.charCodeAt(end);
      if (unit === 0x2c || closes(unit) || isSpace(unit)) break;
      end += 1;
    }
    return end;
  }
  let depth = 0;
  while (end < limit) {
    const unit = text.charCodeAt(end);
    if (unit === QUOTE) {
      end = skipString(text, end, limit);
      continue;
    }
    if (opens(unit)) depth += 1;
    else if (closes(unit)) depth -= 1;
    end += 1;
    if (depth === 0) return end;
  }
  return limit;
}

/** One child of an object or array: for an object it begins at its key. */
export interface ChildRange {
  start: number;
  valueFrom: number;
  end: number;
}

/** The child at or after `at`; `undefined` where the container ends, or the scan reached `limit`. */
export function childAt(
  text: string,
  at: number,
  isObject: boolean,
  limit: number,
): ChildRange | undefined {
  const start = skipSpace(text, at);
  if (start >= limit || closes(text.charCodeAt(start))) return undefined;
  const valueFrom = isObject ? valueAfterKey(text, start, limit) : start;
  const end = skipValue(text, valueFrom, limit);
  return end <= start ? undefined : { start, valueFrom, end };
}

/** From the opening quote of a key to its value. */
export const valueAfterKey = (text: string, keyFrom: number, limit = text.length): number =>
  skipSpace(text, skipSpace(text, skipString(text, keyFrom, limit)) + 1);

/** The place after the comma that follows a child. */
export function afterComma(text: string, end: number): number {
  const comma = skipSpace(text, end);
  return text[comma] === ',' ? comma + 1 : comma;
}

/** What a string says, its first `most` code units: a long one is not decoded for its first line. */
export function decodeString(text: string, from: number, to: number, most = Infinity): string {
  let end = to - 1;
  if (end - from - 1 > most) {
    end = from + 1;
    for (let units = 0; units < most && end < to - 1; units += 1) {
      if (text.charCodeAt(end) !== BACKSLASH) end += 1;
      else end += text[end + 1] === 'u' ? 6 : 2;
    }
  }
  const source = text.slice(from + 1, Math.min(end, to - 1));
  if (!source.includes('\\')) return source;
  try {
    const decoded: unknown = JSON.parse(`"${source}"`);
    return typeof decoded === 'string' ? decoded : source;
  } catch {
    return source;
  }
}

/** Whether a text is worth a try: it begins like an object or array. */
export const looksLikeJson = (text: string): boolean => opens(text.charCodeAt(skipSpace(text, 0)));

/** Whether a text is one JSON object or array. Deep nesting may be more than an engine takes. */
export function isJson(text: string): boolean {
  if (!looksLikeJson(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
