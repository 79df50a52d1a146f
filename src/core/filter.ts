import type { MessageFact } from './facts.ts';
import { comparableName } from './kinds/kind-filter.ts';

/** Whether a message passes. @param row its row in the message store */
export type MessageTest = (message: MessageFact, row: number) => boolean;

/** What no message tells alone. */
export interface RowKnowledge {
  /** Whether the message of a row is a heartbeat; learned from its neighbours. */
  isHeartbeat?: (row: number) => boolean;
  /** What the message of a row is, as the channel's kinds are named. */
  kindOf?: (row: number) => string | undefined;
}

/** A filter that cannot be read; the message says why, in the user's words. */
export class FilterError extends Error {
  override name = 'FilterError';
}

/** A pattern ends with its flags and the word: `/api/v1/quotes` and `/api/items` are words. */
const TOKENS = /-?(?:\w+:"[^"]*"?|\/(?:[^/\\]|\\.)+\/[dgimsuvy]*(?=\s|$)|"[^"]*"?|\S+)/gu;
const PATTERN = /^\/((?:[^/\\]|\\.)+)\/([dgimsuvy]*)$/u;
/** Quotes that somebody is still typing into. */
const NOTHING_YET = /^-?(?:""?|kind:"?"?)$/u;
const ASKS_FOR_KIND = /^-?kind:/u;

/**
 * Reads the filter box: words that must all occur in the payload or event type, `-word` that must not,
 * `"two words"`, `/regex/i`, `dir:sent`, `dir:received`, `type:text`, `type:binary`, `event:tick`,
 * `kind:quote`, `kind:"price update"`, `-heartbeat` (the text “heartbeat” stands in quotes).
 *
 * @throws {FilterError}
 * @returns `undefined` for an empty filter, which lets everything pass
 */
export function parseFilter(text: string, known: RowKnowledge = {}): MessageTest | undefined {
  const tests = tokensOf(text).map((token) => parseToken(token, known));
  if (tests.length === 0) return undefined;
  return (message, row) => tests.every((test) => test(message, row));
}

const tokensOf = (text: string): string[] =>
  [...text.matchAll(TOKENS)].map(([token]) => token).filter((token) => !NOTHING_YET.test(token));

/** Whether a filter can only be applied to rows whose kind is known. */
export const asksForKinds = (text: string): boolean =>
  tokensOf(text).some((token) => ASKS_FOR_KIND.test(token));

function parseToken(token: string, known: RowKnowledge): MessageTest {
  if (token.length === 1 || !token.startsWith('-')) return parsePositive(token, known);
  const test = parsePositive(token.slice(1), known);
  return (message, row) => !test(message, row);
}

function parsePositive(token: string, known: RowKnowledge): MessageTest {
  if (token === 'heartbeat') return (_, row) => known.isHeartbeat?.(row) === true;
  const [, pattern, flags] = PATTERN.exec(token) ?? [];
  if (pattern !== undefined) return parsePattern(pattern, flags ?? '');
  const [, key, value] = /^(dir|type|event|kind):(.*)$/u.exec(token) ?? [];
  if (key !== undefined && value !== undefined) {
    return parseField(key, value.replaceAll('"', ''), known);
  }
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

function parseField(key: string, value: string, known: RowKnowledge): MessageTest {
  if (key === 'kind') {
    const wanted = comparableName(value);
    return (_, row) => {
      const kind = known.kindOf?.(row);
      return kind !== undefined && comparableName(kind) === wanted;
    };
  }
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
