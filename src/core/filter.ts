import type { MessageFact } from './facts.ts';

/** Whether a message passes. @param row its row in the message store */
export type MessageTest = (message: MessageFact, row: number) => boolean;

/** Whether the message of a row is a heartbeat; learned from its neighbours, so no message tells alone. */
export type HeartbeatTest = (row: number) => boolean;

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
 * `"two words"`, `/regex/i`, `dir:sent`, `dir:received`, `type:text`, `type:binary`, `event:tick`, `-heartbeat`
 * (the text “heartbeat” stands in quotes).
 *
 * @throws {FilterError}
 * @returns `undefined` for an empty filter, which lets everything pass
 */
export function parseFilter(
  text: string,
  isHeartbeat: HeartbeatTest = () => false,
): MessageTest | undefined {
  const tests = [...text.matchAll(TOKENS)]
    .map(([token]) => token)
    .filter((token) => !NOTHING_YET.test(token))
    .map((token) => parseToken(token, isHeartbeat));
  if (tests.length === 0) return undefined;
  return (message, row) => tests.every((test) => test(message, row));
}

function parseToken(token: string, isHeartbeat: HeartbeatTest): MessageTest {
  if (token.length === 1 || !token.startsWith('-')) return parsePositive(token, isHeartbeat);
  const test = parsePositive(token.slice(1), isHeartbeat);
  return (message, row) => !test(message, row);
}

function parsePositive(token: string, isHeartbeat: HeartbeatTest): MessageTest {
  if (token === 'heartbeat') return (_, row) => isHeartbeat(row);
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
