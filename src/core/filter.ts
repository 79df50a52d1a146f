import type { MessageFact } from './facts.ts';

/** Whether a message passes. */
export type MessageTest = (message: MessageFact) => boolean;

/** A filter that cannot be read; the message says why, in the user's words. */
export class FilterError extends Error {
  override name = 'FilterError';
}

/** A pattern ends with its flags and the word: `/api/v1/quotes` and `/api/items` are words. */
const TOKENS = /-?(?:\/(?:[^/\\]|\\.)+\/[dgimsuvy]*(?=\s|$)|"[^"]*"?|\S+)/gu;
const PATTERN = /^\/((?:[^/\\]|\\.)+)\/([dgimsuvy]*)$/u;
/** Quotes that somebody is still typing into. */
const NOTHING_YET = /^-?""?$/u;

/**
 * Reads the filter box: words that must all occur in the payload or event type, `-word` that must not,
 * `"two words"`, `/regex/i`, `dir:sent`, `dir:received`, `type:text`, `type:binary`, `event:tick`.
 *
 * @throws {FilterError}
 * @returns `undefined` for an empty filter, which lets everything pass
 */
export function parseFilter(text: string): MessageTest | undefined {
  const tests = [...text.matchAll(TOKENS)]
    .map(([token]) => token)
    .filter((token) => !NOTHING_YET.test(token))
    .map(parseToken);
  if (tests.length === 0) return undefined;
  return (message) => tests.every((test) => test(message));
}

function parseToken(token: string): MessageTest {
  if (token.length === 1 || !token.startsWith('-')) return parsePositive(token);
  const test = parsePositive(token.slice(1));
  return (message) => !test(message);
}

function parsePositive(token: string): MessageTest {
  const [, pattern, flags] = PATTERN.exec(token) ?? [];
  if (pattern !== undefined) return parsePattern(pattern, flags ?? '');
  const [, key, value] = /^(dir|type|event):(.*)$/u.exec(token) ?? [];
  if (key !== undefined && value !== undefined) return parseField(key, value);
  return contains(token.replaceAll('"', ''));
}

function parsePattern(pattern: string, flags: string): MessageTest {
  try {
    // Sticky and global patterns remember where they were; a test must not.
    const regex = new RegExp(pattern, flags.replaceAll(/[gy]/gu, ''));
    return ({ payload }) => typeof payload === 'string' && regex.test(payload);
  } catch {
    throw new FilterError(`/${pattern}/ is not a regular expression`);
  }
}

function parseField(key: string, value: string): MessageTest {
  if (key === 'event') return ({ eventType }) => eventType === value;
  if (key === 'dir') {
    if (value !== 'sent' && value !== 'received') {
      throw new FilterError('dir: takes sent or received');
    }
    return ({ direction }) => direction === value;
  }
  if (value !== 'text' && value !== 'binary') throw new FilterError('type: takes text or binary');
  return ({ dataType }) => (dataType === 'string') === (value === 'text');
}

function contains(word: string): MessageTest {
  const wanted = word.toLowerCase();
  return ({ payload, eventType }) =>
    (typeof payload === 'string' && payload.toLowerCase().includes(wanted)) ||
    eventType?.toLowerCase().includes(wanted) === true;
}
