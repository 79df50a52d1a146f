import { type Data, fieldsOf } from '../core/decoded/data.ts';
import { dataOfJson } from '../core/decoded/data-of-json.ts';
import type { Decoded, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import type { Codec } from './decoder.ts';
import { ByteCursor, type Stop } from './formats/byte-cursor.ts';
import { formatCountOf } from '../core/format.ts';
import { textOrBytes } from './formats/exact.ts';
import { readLib0Text } from './lib0-any.ts';
import { failed, onePart, otherSide, pairStep, quoted } from './result.ts';
import {
  readNumber,
  readStateVector,
  readYjsFrame,
  type YjsFrame,
  type YjsKind,
} from './yjs-frame.ts';
import { readYjsUpdate } from './yjs-update.ts';

/** Sync and awareness of Yjs, one in each message. */
export const yjsCodec: Codec = { createReader: () => ({ read }) };

function read({ direction, payload }: WireMessage): Decoded {
  if (typeof payload === 'string') return failed('yjs', 0, 'Yjs has binary messages only');
  const frame = readYjsFrame(payload);
  if ('reason' in frame) return failed('yjs', frame.offset, frame.reason);
  const { kind, offset } = frame;
  const { data, told, stop } = READ[kind](frame);
  const pair = pairOf(kind, direction);
  const { parts } = onePart({
    kind,
    ...(pair !== undefined && { pair }),
    ...(kind !== 'update' && kind !== 'awareness' && { isControl: true }),
    layers: [
      {
        protocol: 'yjs',
        summary: [kind, ...told].join(', '),
        ...(data !== undefined && { content: { as: 'data', data } }),
      },
    ],
  });
  return stop === undefined ? { parts } : failed('yjs', offset + stop.offset, stop.reason, parts);
}

/** Each side asks the other for what it lacks. */
function pairOf(kind: YjsKind, direction: Direction) {
  if (kind === 'sync step 1') return pairStep('ask', 'sync', direction);
  return kind === 'sync step 2' ? pairStep('answer', 'sync', otherSide(direction)) : undefined;
}

interface Body {
  readonly data?: Data;
  readonly told: readonly string[];
  readonly stop?: Stop;
}

const READ: Readonly<Record<YjsKind, (frame: YjsFrame) => Body>> = {
  'sync step 1': ({ body }) => {
    const cursor = new ByteCursor(body);
    const entries = readStateVector(cursor);
    return {
      data: { entries },
      told: [formatCountOf(entries.length, 'client')],
      ...stopOf(cursor),
    };
  },
  'sync step 2': readUpdate,
  update: readUpdate,
  awareness: readAwareness,
  auth: ({ body }) => ({ data: textOrBytes(body), told: ['permission denied'] }),
  'query awareness': () => ({ told: [] }),
};

const stopOf = ({ stop }: ByteCursor) => (stop === undefined ? {} : { stop });

function readUpdate({ body }: YjsFrame): Body {
  const { items, deleted, text, stop } = readYjsUpdate(body);
  const told = [formatCountOf(items.length, 'item')];
  if (deleted.length > 0) told.push(`${formatCountOf(deleted.length, 'range')} deleted`);
  if (text !== '') told.push(quoted(text));
  return { data: fieldsOf({ items, deleted }), told, ...(stop !== undefined && { stop }) };
}

/** Who is there, with what they tell of themselves; `null` is who has left. */
function readAwareness({ body }: YjsFrame): Body {
  const cursor = new ByteCursor(body);
  const count = Number(readNumber(cursor));
  const states: Data[] = [];
  for (let i = 0; i < count && cursor.enter(0); i += 1) {
    const client = readNumber(cursor);
    const clock = readNumber(cursor);
    const text = readLib0Text(cursor);
    if (cursor.hasStopped()) break;
    const state = typeof text === 'string' ? dataOfJson(text) : undefined;
    states.push(fieldsOf({ client, clock, state: state === undefined ? text : state }));
  }
  return { data: states, told: [formatCountOf(states.length, 'client')], ...stopOf(cursor) };
}
