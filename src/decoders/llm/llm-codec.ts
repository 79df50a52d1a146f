import type { Part, ProtocolId } from '../../core/decoded/decoded.ts';
import { looksLikeJson } from '../../core/payload/json-scan.ts';
import type { Codec } from '../decoder.ts';
import { unfoldedMessage } from '../formats/format-codec.ts';
import { failed } from '../result.ts';
import type { Delta, LlmEvent, ReadEvents } from './llm-event.ts';

/** Each event is a part: its kind, what it adds in a few words, and its JSON as it stands. */
export const createLlmCodec = (id: ProtocolId, createReadEvents: () => ReadEvents): Codec => ({
  createReader: () => {
    const read = createReadEvents();
    return {
      read: (message) => {
        const { payload, direction } = message;
        if (payload.length === 0) return { parts: [] };
        const events = read(message);
        if (events !== undefined) return { parts: events.map((event) => partOf(id, event)) };
        const shown = unfoldedMessage(message);
        // What the page sends may be anything; what it gets is of the protocol.
        return direction === 'sent'
          ? shown
          : failed(id, 0, 'no event of this protocol', shown.parts);
      },
    };
  },
});

const LONGEST_ADDED = 60;

function partOf(
  protocol: ProtocolId,
  { kind, text, deltas, isHeartbeat, isControl }: LlmEvent,
): Part {
  return {
    layers: [
      {
        protocol,
        summary: summaryOf(kind, deltas),
        content: looksLikeJson(text) ? { as: 'json', text } : { as: 'text', text },
      },
    ],
    kind,
    ...(isHeartbeat && { isHeartbeat }),
    ...(isControl && { isControl }),
  };
}

/** The kind, and the first thing that is said. */
function summaryOf(kind: string, deltas: readonly Delta[]): string {
  const added = deltas.map(addedBy).find((words) => words !== '') ?? '';
  return added === '' ? kind : `${kind} ${added}`;
}

function addedBy(delta: Delta): string {
  switch (delta.is) {
    case 'text':
    case 'thinking':
      return quotedPiece(delta.text);
    case 'tool':
      return `${delta.name ?? ''}${delta.arguments === undefined ? '' : ` ${quotedPiece(delta.arguments)}`}`.trim();
    case 'stop':
    case 'fail':
      return delta.reason;
    case 'begin':
    case 'usage':
    case 'end':
      return '';
  }
}

const quotedPiece = (text: string): string =>
  `“${(text.length > LONGEST_ADDED ? `${text.slice(0, LONGEST_ADDED)}…` : text).replaceAll(/\s*\n\s*/gu, '↵')}”`;
