import type { LabTransport } from '../lab-log.ts';

/** Transports by glyph and word, as the panel shows them. */
export const TRANSPORT_NAMES: Readonly<Record<LabTransport, string>> = {
  websocket: '⇅ WebSocket',
  eventsource: '≋ EventSource',
  'fetch-stream': '⇢ Streamed fetch',
  'long-polling': '↻ Long polling',
  polling: '↻ Polling',
};
