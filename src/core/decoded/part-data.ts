import type { Data } from './data.ts';
import { dataOfJson } from './data-of-json.ts';
import type { Part } from './decoded.ts';

/** Longer texts are not taken apart for kinds and shapes. */
export const LONGEST_LOOKED_AT = 1_000_000;

/** What a part carries at its innermost, as data; `undefined` where it is text, bytes, nothing, or too long. */
export function dataOfPart({ layers }: Part): Data | undefined {
  const content = layers.at(-1)?.content;
  switch (content?.as) {
    case 'json':
      return content.text.length > LONGEST_LOOKED_AT ? undefined : dataOfJson(content.text);
    case 'data':
      return content.data;
    case 'text':
    case 'bytes':
    case 'media':
    case 'payload':
    case undefined:
      return undefined;
  }
}
