import type { Transport } from '../../core/facts.ts';

/** A transport by glyph and word; never by colour alone. */
export const TRANSPORT_LOOK: Record<Transport, { glyph: string; word: string; name: string }> = {
  websocket: { glyph: '⇅', word: 'WS', name: 'WebSocket' },
  eventsource: { glyph: '≋', word: 'SSE', name: 'EventSource' },
  'fetch-stream': { glyph: '⇢', word: 'fetch', name: 'streams read with fetch' },
  'xhr-stream': { glyph: '⇣', word: 'XHR', name: 'streams read with XMLHttpRequest' },
  polling: { glyph: '↻', word: 'poll', name: 'polling' },
  webtransport: { glyph: '⇄', word: 'WT', name: 'WebTransport' },
  datachannel: { glyph: '⇌', word: 'RTC', name: 'RTCDataChannel' },
};

/** Directions, seen from the page. */
export const DIRECTION_LOOK = {
  sent: { glyph: '▲', word: 'sent' },
  received: { glyph: '▼', word: 'received' },
} as const;
