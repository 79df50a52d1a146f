import type { MessageFact, PayloadState } from '../facts.ts';
import { cutPlace } from './cut-text.ts';
import { visiblePartsOf } from './visible-text.ts';

/** What stands in a list where there is no payload to show. */
const ABSENT: Record<PayloadState, string> = {
  whole: '(no payload)',
  pending: '(bytes are being read)',
  evicted: '(payload let go before a panel watched)',
  cut: '(no payload)',
  unreadable: '(unreadable)',
};

/** Only the beginning is looked at: a list asks for the previews of messages of any length. */
function previewOfText(text: string, most: number): string {
  const head = text.slice(0, cutPlace(text, Math.min(text.length, most)));
  const parts = visiblePartsOf(head, 'one-line');
  const length = parts.reduce((sum, part) => sum + part.text.length, 0);
  const isWhole = head.length === text.length && length <= most;
  let room = isWhole ? length : most - 1;
  let preview = '';
  for (const { text: part, isEscape } of parts) {
    // Half an escape says nothing; half a text is still its beginning.
    const fits = part.length <= room;
    if (fits) preview += part;
    else if (!isEscape && room > 0) preview += part.slice(0, cutPlace(part, room));
    if (!fits) break;
    room -= part.length;
  }
  return isWhole || most < 1 ? preview : `${preview}…`;
}

function previewOfBytes(bytes: Uint8Array, most: number): string {
  const isWhole = bytes.length * 3 - 1 <= most;
  const shown = isWhole ? bytes.length : Math.max(0, Math.floor((most - 1) / 3));
  const hex: string[] = [];
  for (const byte of bytes.subarray(0, shown)) hex.push(byte.toString(16).padStart(2, '0'));
  if (!isWhole && most > 0) return shown === 0 ? '…' : `${hex.join(' ')} …`.slice(0, most);
  return hex.join(' ');
}

/**
 * A message on one line of at most `most` code units, safe to stand in a row: nothing in it breaks the
 * line, hides, or reorders what is around it. What is cut ends with `…`.
 */
export function previewOf(message: MessageFact, most = 200): string {
  const { payload, payloadState } = message;
  if (payload === null) return ABSENT[payloadState];
  return typeof payload === 'string' ? previewOfText(payload, most) : previewOfBytes(payload, most);
}
