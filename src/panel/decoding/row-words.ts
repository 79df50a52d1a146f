import { type Data, isBytes, isList, isMap, isTagged } from '../../core/decoded/data.ts';
import type { Content, Decoded, Part } from '../../core/decoded/decoded.ts';
import { keyText } from '../../core/shape/shape.ts';
import { visibleTextOf } from '../../core/payload/visible-text.ts';
import type { RowMessage } from '../../decoders/row-message.ts';
import type { RowWords } from './snapshots.ts';

/** A row shows no more. */
const MOST = 200;

/** What a decoded message says on one line. */
export function wordsOf({ row }: RowMessage, { parts, failure }: Decoded): RowWords {
  const [first] = parts;
  if (first === undefined) {
    const text = failure === undefined ? '' : `✕ ${failure.reason}`;
    return { row, kind: undefined, isHeartbeat: false, text };
  }
  const rest = parts.length > 1 ? ` (and ${parts.length - 1} more)` : '';
  return {
    row,
    kind:
      first.kind === undefined ? undefined : visibleTextOf(first.kind.slice(0, MOST), 'one-line'),
    isHeartbeat: first.isHeartbeat === true,
    text: visibleTextOf(`${withoutKind(textOfPart(first), first.kind)}${rest}`, 'one-line'),
  };
}

/** The kind stands in front of it already. */
function withoutKind(text: string, kind: string | undefined): string {
  if (kind === undefined || !text.startsWith(kind)) return text;
  return text.slice(kind.length).replace(/^[,:]?\s+/u, '');
}

function textOfPart({ layers }: Part): string {
  const layer = layers.at(-1);
  const text = layer?.content === undefined ? '' : textOfContent(layer.content);
  return text === '' ? (layer?.summary ?? '') : text;
}

function textOfContent(content: Content): string {
  switch (content.as) {
    case 'json':
    case 'text':
      return content.text.slice(0, MOST);
    case 'data':
      return shortData(content.data, MOST);
    case 'media':
      return `${content.mediaType}, ${content.bytes.length} bytes`;
    case 'bytes':
      return hex(content.bytes);
    case 'payload':
      return '';
  }
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 24), (byte) => byte.toString(16).padStart(2, '0')).join(' ') +
  (bytes.length > 24 ? ' …' : '');

/** Data on one line, in the manner of JSON; it stops when the line is full. */
export function shortData(data: Data, most: number): string {
  let room = most;

  function spend(text: string): string {
    room -= text.length;
    return text;
  }

  function each<T>(list: readonly T[], write: (item: T) => string): string {
    const written: string[] = [];
    for (const item of list) {
      if (room <= 0) break;
      spend(', ');
      written.push(write(item));
    }
    return [...written, ...(written.length < list.length ? ['…'] : [])].join(', ');
  }

  function write(value: Data): string {
    if (typeof value === 'string') return spend(JSON.stringify(value.slice(0, Math.max(0, room))));
    if (value === null || typeof value !== 'object') return spend(String(value));
    if (isBytes(value)) return spend(`<${value.length} bytes>`);
    if (isTagged(value)) return `${spend(value.tag)}(${write(value.value)})`;
    if (isList(value)) return `[${each(value, write)}]`;
    if (!isMap(value)) return '';
    return `{${each(value.entries, ([key, inner]) => `${spend(keyText(key))}: ${write(inner)}`)}}`;
  }

  return visibleTextOf(write(data), 'one-line');
}
