import { formatCountOf } from '../../core/format.ts';
import type { Data } from '../../core/decoded/data.ts';
import { MOST_VALUES } from '../decoder.ts';
import type { Found } from './format.ts';

/** Only what the serialiser of forms leaves as it is (WHATWG URL, “application/x-www-form-urlencoded”); a little more in values. */
const FORM = /^[\w.*+%[\]-]+=[\w.*+%~!'()/:@,;$-]*(?:&[\w.*+%[\]-]+=[\w.*+%~!'()/:@,;$-]*)*$/u;
/** A name is a word, perhaps with brackets. */
const FIRST_NAME = /^[A-Za-z_][\w.-]*(?:\[[\w.-]*\]|%5B[\w.-]*%5D)*=/iu;
const LOOKED_AT = 64 * 1024;

/** A form of two fields or more, or of one with an escape; `a=b` is as well anything else. */
export function looksLikeForm(text: string): boolean {
  if (!FIRST_NAME.test(text.slice(0, 256))) return false;
  if (!text.includes('&') && !/%[0-9A-F]{2}/iu.test(text)) return false;
  // What follows is judged by what was seen: whole fields.
  const cut = text.length > LOOKED_AT ? text.lastIndexOf('&', LOOKED_AT) : text.length;
  return FORM.test(text.slice(0, cut));
}

/** The fields in their order, doubled ones doubled; what is no UTF-8 stays escaped. */
export function formDataOf(text: string): Data {
  const entries: [Data, Data][] = [];
  for (const pair of text.split('&', MOST_VALUES)) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const to = equals === -1 ? pair.length : equals;
    entries.push([decoded(pair.slice(0, to)), decoded(pair.slice(to + 1))]);
  }
  return { entries };
}

function decoded(part: string): Data {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return { tag: 'invalid escape', value: part };
  }
}

export function readForm(text: string): Found {
  const data = formDataOf(text);
  const count = text.split('&', MOST_VALUES).length;
  return {
    layer: {
      protocol: 'form',
      summary: formatCountOf(count, 'field'),
      content: { as: 'data', data },
    },
  };
}

export const findForm = (text: string): Found | undefined =>
  looksLikeForm(text) ? readForm(text) : undefined;
