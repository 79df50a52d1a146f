import type { DataType, MessageFact } from '../../core/facts.ts';

/** What it means first, then what it is. */
export const VIEWS = ['decoded', 'json', 'text', 'hex', 'changes'] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_NAMES: Record<View, string> = {
  decoded: 'Decoded',
  json: 'JSON',
  text: 'Text',
  hex: 'Hex',
  changes: 'Changes',
};

/** As the page holds it. */
export const DATA_TYPE_NAMES: Record<DataType, string> = {
  string: 'string',
  blob: 'Blob',
  arraybuffer: 'ArrayBuffer',
  view: 'typed array',
};

/** What was chosen for one message holds for the next: people step through many of a kind. */
export const look = $state<{ text?: View; binary?: View; isWrapped: boolean }>({ isWrapped: true });

/** From what a payload means to what it is, and back: the raw view is one key away. */
export function toggleRaw(): void {
  const isRaw = look.text === 'text' && look.binary === 'hex';
  if (isRaw) {
    delete look.text;
    delete look.binary;
  } else {
    look.text = 'text';
    look.binary = 'hex';
  }
}

/** What a payload can be shown as, beside its text and its bytes. */
interface Readable {
  isText: boolean;
  hasJson: boolean;
  /** Decoding says more than the raw payload does. */
  isDecoded: boolean;
}

/** The view for a payload: the chosen one where it can be had, else the one that says most. */
export function viewFor({ isText, hasJson, isDecoded }: Readable): View {
  const chosen = isText ? look.text : look.binary;
  const canBe: Record<View, boolean> = {
    decoded: isDecoded,
    json: hasJson,
    text: true,
    hex: true,
    changes: true,
  };
  if (chosen !== undefined && canBe[chosen]) return chosen;
  if (isDecoded) return 'decoded';
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
