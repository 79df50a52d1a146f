import { endpointOf } from '../endpoint.ts';
import type { RequestCreated } from './request.ts';

/** Names under which a query carries what a person typed. */
const TYPED = /^(?:q|query|s|search|term|keyword|keywords|filter|prefix|input|text)$/iu;
/** Names under which a query counts pages. */
const PAGE = /^(?:p|pg|page|page_?(?:no|nr|num|number|index))$/iu;
/** Names under which it counts entries; a long poll may do that, too (“give me what came after 17”). */
const OFFSET = /^(?:offset|start|skip)$/iu;
/** A value that names something, rather than a cursor, a time or a token. */
const WORD = /^[a-z][a-z._-]{0,23}$/iu;

/**
 * What stays the same when a page asks the same question again: method, endpoint, the names in the query
 * and those values that are part of the question (`action=status`). Cursors, times and tokens change.
 */
export function pollKey({ url, method = 'GET' }: Pick<RequestCreated, 'url' | 'method'>): string {
  const [, query = ''] = /\?([^#]*)/u.exec(url) ?? [];
  const parts = Array.from(new URLSearchParams(query), ([name, value]) =>
    WORD.test(value) || TYPED.test(name) ? `${name}=${value}` : name,
  );
  return `${method} ${endpointOf(url)}?${parts.sort().join('&')}`;
}

const LONGEST_QUESTION = 1_000;

/**
 * What stays the same of a body when a page asks the same question again: numbers change, and so do the JSON texts
 * that hold digits (cursors, times, ids); names, operations and what somebody typed are the question.
 */
export function questionIn(body: string): string {
  return body
    .slice(0, LONGEST_QUESTION)
    .replaceAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?/gu, (text) =>
      /\d/u.test(text) && !text.endsWith(':') ? '""' : text,
    )
    .replaceAll(/\d+(?:\.\d+)?/gu, '0');
}

/** The page that a request asks for, where its query counts pages, or entries. */
export function pageAskedFor(url: string, alsoEntries: boolean): string | undefined {
  const [, query = ''] = /\?([^#]*)/u.exec(url) ?? [];
  for (const [name, value] of new URLSearchParams(query)) {
    if (PAGE.test(name) || (alsoEntries && OFFSET.test(name))) return value;
  }
  return undefined;
}
