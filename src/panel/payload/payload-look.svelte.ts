import type { DataType, MessageFact } from '../../core/facts.ts';

export const VIEWS = ['json', 'text', 'hex'] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_NAMES: Record<View, string> = { json: 'JSON', text: 'Text', hex: 'Hex' };

/** As the page holds it. */
export const DATA_TYPE_NAMES: Record<DataType, string> = {
  string: 'string',
  blob: 'Blob',
  arraybuffer: 'ArrayBuffer',
  view: 'typed array',
};

/** What was chosen for one message holds for the next: people step through many of a kind. */
export const look = $state<{ text?: View; binary?: View; isWrapped: boolean }>({ isWrapped: true });

/** The view for a payload: the chosen one where it can be had, else the one that says most. */
export function viewFor(isText: boolean, hasJson: boolean): View {
  const chosen = isText ? look.text : look.binary;
  if (chosen !== undefined && (chosen !== 'json' || hasJson)) return chosen;
  if (hasJson) return 'json';
  return isText ? 'text' : 'hex';
}

/** Why there is nothing to show; `undefined` where there is. */
export function absenceOf({ payload, payloadState, byteLength }: MessageFact): string | undefined {
  if (payload !== null) return payload.length === 0 ? 'Empty message' : undefined;
  switch (payloadState) {
    case 'pending':
      return 'The bytes of this Blob are still being read.';
    case 'evicted':
      return 'The page’s bounded history let the payload go before a panel watched; its length and time are exact.';
    case 'unreadable':
      return 'The browser refused to hand these bytes over; their length and time are exact.';
    case 'whole':
    case 'cut':
      return byteLength === 0 ? 'Empty message' : 'This trace holds no payload for the message.';
  }
}
