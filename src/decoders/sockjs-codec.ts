import { fieldsOf } from '../core/decoded/data.ts';
import type { Decoded, Part, WireMessage } from '../core/decoded/decoded.ts';
import { type Codec, MOST_PARTS } from './decoder.ts';
import { readJson } from './json-parts.ts';
import { failed, onePart, quoted } from './result.ts';

/** Streaming transports begin with 2,048 of them, to get past buffers. */
const PRELUDE = /^h{2,}$/u;

/** Unwraps the frames; the texts in them stay as they are. */
export const sockjsCodec: Codec = {
  createReader: () => ({
    read: ({ direction, payload }: WireMessage) => {
      if (typeof payload !== 'string') return failed('sockjs', 0, 'SockJS frames are text');
      const frame = payload.trim();
      if (frame === '') return onePart(control('empty', 'nothing but an empty body'));
      return direction === 'sent' ? readTexts(frame, 'messages') : readFrame(frame);
    },
  }),
};

function readFrame(frame: string): Decoded {
  if (frame === 'o') return onePart(control('open', 'open'));
  if (frame === 'h') {
    return onePart({ kind: 'heartbeat', isHeartbeat: true, layers: [layer('heartbeat')] });
  }
  if (PRELUDE.test(frame)) return onePart(control('prelude', 'prelude'));
  if (frame.startsWith('a')) return readTexts(frame.slice(1), 'array', 1);
  if (frame.startsWith('m')) return readTexts(`[${frame.slice(1)}]`, 'message', 1);
  const close = frame.startsWith('c') ? readJson(frame.slice(1)) : undefined;
  if (Array.isArray(close)) {
    const [code, reason] = close as unknown[];
    if ((typeof code === 'number' || typeof code === 'string') && typeof reason === 'string') {
      const fields = fieldsOf({ code, reason });
      return onePart({
        kind: 'close',
        isControl: true,
        layers: [{ ...layer(`close ${code} ${quoted(reason)}`), fields }],
      });
    }
  }
  return failed('sockjs', 0, 'a SockJS frame begins with o, h, a, m or c');
}

/** A list of texts, each a message of its own; old clients send one without a list. */
function readTexts(list: string, summary: string, at = 0): Decoded {
  const texts = readJson(list.startsWith('"') ? `[${list}]` : list);
  if (!Array.isArray(texts)) return failed('sockjs', at, 'a list of texts was expected');
  const parts: Part[] = [];
  for (const text of texts.slice(0, MOST_PARTS) as unknown[]) {
    if (typeof text !== 'string')
      return failed('sockjs', at, 'what is in the list is no text', parts);
    parts.push({ layers: [{ ...layer(summary), content: { as: 'payload', payload: text } }] });
  }
  if (texts.length > MOST_PARTS) {
    return failed('sockjs', at, `more than ${MOST_PARTS} messages in one frame`, parts);
  }
  return parts.length === 0 ? onePart(control('empty', 'an empty list')) : { parts };
}

const layer = (summary: string): Part['layers'][number] => ({ protocol: 'sockjs', summary });

const control = (kind: string, summary: string): Part => ({
  kind,
  isControl: true,
  layers: [layer(summary)],
});
