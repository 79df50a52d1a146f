import { formatCountOf } from '../../core/format.ts';
import type { Found } from './format.ts';

/** What may stand before the first element: a declaration, a document type, comments, white space. */
const PROLOGUE = /^\s*(?:<\?[^>]*>\s*|<![^>]*>\s*)*/u;
const NAME = /^<([\p{L}_][\p{L}\p{N}_.:-]*)(?=[\s/>])/u;
/** How much of the beginning and of the end is looked at. */
const LOOKED_AT = 4096;

/**
 * The name of the first element of an XML text, or of HTML in pieces: it begins with an element and ends with the end of one.
 * That all in between is well-formed nobody checks, for it is shown as text.
 */
export function rootElementOf(text: string): string | undefined {
  const beginning = text.slice(0, LOOKED_AT);
  if (!beginning.trimStart().startsWith('<')) return undefined;
  const name = NAME.exec(beginning.replace(PROLOGUE, ''))?.[1];
  if (name === undefined) return undefined;
  const end = text.slice(-LOOKED_AT).trimEnd();
  const isClosed = /(?:<\/[^<>]+|\/|--)>$/u.test(end);
  // XMPP opens its stream with an element that only the end of the connection closes.
  return isClosed || /^<(?:stream:stream)\s[^<>]*>$/u.test(end) ? name : undefined;
}

export function findXml(text: string): Found | undefined {
  const name = rootElementOf(text);
  if (name === undefined) return undefined;
  const summary = `<${name}>, ${formatCountOf(text.length, 'character')}`;
  return { layer: { protocol: 'xml', summary, content: { as: 'text', text } } };
}
