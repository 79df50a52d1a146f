import { fieldsOf } from '../core/decoded/data.ts';
import type { Decoded, PairStep, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import { type Codec, MOST_PARTS } from './decoder.ts';
import { createRemembered, type Remembered } from './remembered.ts';
import { failed, otherSide, pairStep, quoted } from './result.ts';
import {
  binaryRecords,
  type HubRecord,
  isTextInBytes,
  readBinaryRecord,
  readTextRecord,
  RECORD_END,
} from './signalr-records.ts';

const NAMES: readonly string[] = [
  'handshake',
  'Invocation',
  'StreamItem',
  'Completion',
  'StreamInvocation',
  'CancelInvocation',
  'Ping',
  'Close',
  'Ack',
  'Sequence',
];
const CONTROL = ['handshake', 'CancelInvocation', 'Close', 'Ack', 'Sequence'];

interface Invocation {
  target: string;
  isStream: boolean;
}

export const signalrCodec: Codec = {
  createReader: () => {
    const invocations = createRemembered<Invocation>();

    function read({ payload, direction }: WireMessage): Decoded {
      if (typeof payload === 'string') return readTexts(payload, direction);
      if (isTextInBytes(payload)) return readTexts(new TextDecoder().decode(payload), direction);
      const { records, rest } = binaryRecords(payload);
      const decoded = readAll(records, readBinaryRecord, direction);
      if (decoded.failure !== undefined || rest === payload.length) return decoded;
      return failed('signalr', rest, 'a length and a record as long were expected', decoded.parts);
    }

    function readTexts(text: string, direction: Direction): Decoded {
      const records = text.split(RECORD_END);
      const rest = records.pop() ?? '';
      const decoded = readAll(records, readTextRecord, direction);
      if (decoded.failure !== undefined || rest === '') return decoded;
      const at = text.length - rest.length;
      return failed('signalr', at, 'a record without its separator', decoded.parts);
    }

    function readAll<Raw extends { length: number }>(
      records: readonly Raw[],
      readRecord: (raw: Raw) => HubRecord | undefined,
      direction: Direction,
    ): Decoded {
      const parts: Part[] = [];
      let at = 0;
      for (const raw of records) {
        if (parts.length === MOST_PARTS) {
          return failed('signalr', at, `more than ${MOST_PARTS} records in one message`, parts);
        }
        const record = readRecord(raw);
        const name = record === undefined ? undefined : nameOf(record);
        if (record === undefined || name === undefined) {
          return failed('signalr', at, 'a record with a type from 1 to 9 was expected', parts);
        }
        parts.push(partOf(record, name, direction, invocations));
        at += raw.length + 1;
      }
      return { parts };
    }

    return { read };
  },
};

const nameOf = ({ type }: HubRecord): string | undefined => NAMES[type === 'handshake' ? 0 : type];

function partOf(
  record: HubRecord,
  name: string,
  direction: Direction,
  invocations: Remembered<Invocation>,
): Part {
  const { invocationId: id, error, content } = record;
  const pair = pairOf(record, name, direction, invocations);
  const target = record.target ?? pair?.target;
  const isCall = name === 'Invocation' || name === 'StreamInvocation';
  const about = target === undefined ? '' : ` ${quoted(target)}`;
  return {
    kind: isCall || target === undefined ? (target ?? name) : `${name} ${target}`,
    ...(pair?.step !== undefined && { pair: pair.step }),
    ...(name === 'Ping' && { isHeartbeat: true }),
    ...(CONTROL.includes(name) && { isControl: true }),
    layers: [
      {
        protocol: 'signalr',
        summary: `${name}${about}${id === undefined ? '' : ` ${id}`}${error === undefined ? '' : `: ${quoted(error)}`}`,
        fields: fieldsOf({ type: name, target: record.target, 'invocation id': id, error }),
        ...(content !== undefined && { content }),
      },
    ],
  };
}

interface Placed {
  step?: PairStep;
  target?: string;
}

/** Items that the asker itself streams up belong to its invocation's arguments, and are no step of a pair. */
function pairOf(
  { invocationId: id, target, error }: HubRecord,
  name: string,
  direction: Direction,
  invocations: Remembered<Invocation>,
): Placed | undefined {
  if (id === undefined) return undefined;
  const asker = otherSide(direction);
  switch (name) {
    case 'Invocation':
    case 'StreamInvocation': {
      const isStream = name === 'StreamInvocation';
      if (target !== undefined) invocations.set(`${direction} ${id}`, { target, isStream });
      return { step: pairStep(isStream ? 'subscribe' : 'ask', id, direction) };
    }
    case 'StreamItem': {
      const asked = invocations.get(`${asker} ${id}`);
      if (asked === undefined && direction === 'sent') return undefined;
      return { step: pairStep('next', id, asker), ...(asked && { target: asked.target }) };
    }
    case 'Completion': {
      const asked = invocations.take(`${asker} ${id}`);
      if (asked === undefined && direction === 'sent') return undefined;
      const done = asked?.isStream === true ? 'complete' : 'answer';
      const step = pairStep(error === undefined ? done : 'fail', id, asker);
      return { step, ...(asked && { target: asked.target }) };
    }
    case 'CancelInvocation': {
      const asked = invocations.get(`${direction} ${id}`);
      return { step: pairStep('cancel', id, direction), ...(asked && { target: asked.target }) };
    }
    default:
      return undefined;
  }
}
