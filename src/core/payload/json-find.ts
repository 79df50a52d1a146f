import { type Found, MOST_MATCHES, NOTHING_FOUND, patternOf } from './find-text.ts';
import { decodeString, skipString, skipValue } from './json-scan.ts';

/**
 * The keys, strings, numbers and literals of a JSON text that contain the query, by where they begin:
 * in one pass, whatever the nesting, and without opening anything.
 */
export function findInJson(text: string, query: string, most = MOST_MATCHES): Found {
  if (query === '') return NOTHING_FOUND;
  const pattern = patternOf(query);
  const places: number[] = [];
  let at = 0;
  while (at < text.length) {
    const unit = text[at] ?? '';
    if (/[\s{}[\],:]/.test(unit)) {
      at += 1;
      continue;
    }
    const isString = unit === '"';
    const end = Math.max(at + 1, isString ? skipString(text, at) : skipValue(text, at));
    const shown = isString ? decodeString(text, at, end) : text.slice(at, end);
    pattern.lastIndex = 0;
    if (pattern.test(shown)) {
      if (places.length === most) return { places, length: query.length, isCapped: true };
      places.push(at);
    }
    at = end;
  }
  return { places, length: query.length, isCapped: false };
}
