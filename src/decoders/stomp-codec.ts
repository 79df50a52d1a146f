import type { Decoded, PairStep, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import { type Codec, MOST_HELD, MOST_PARTS } from './decoder.ts';
import { createRemembered, type Remembered } from './remembered.ts';
import { failed, pairStep, quoted } from './result.ts';
import { findFrame, type StompFrame } from './stomp-frames.ts';

interface Known {
  /** Which pair a receipt answers; receipts of what was not seen stand for themselves. */
  readonly receipts: Remembered<string>;
  /** Destinations by subscription: some brokers leave them out of what they deliver. */
  readonly destinations: Remembered<string>;
}

/** Frames may come in several messages, and several in one. */
export const stompCodec: Codec = {
  createReader: () => {
    const known: Known = { receipts: createRemembered(), destinations: createRemembered() };
    const held = new Map<Direction, Uint8Array>();

    function read({ direction, payload }: WireMessage): Decoded {
      const isBinary = typeof payload !== 'string';
      const before = held.get(direction);
      held.delete(direction);
      const came = isBinary ? payload : new TextEncoder().encode(payload);
      const bytes = before === undefined ? came : join(before, came);
      const parts: Part[] = [];
      let at = 0;
      while (at < bytes.length && parts.length < MOST_PARTS) {
        const found = findFrame(bytes, at, isBinary);
        if (found.is === 'fault') return failed('stomp', found.offset, found.reason, parts);
        if (found.is === 'unfinished') {
          if (bytes.length - at > MOST_HELD) {
            return failed('stomp', at, `a frame of more than ${MOST_HELD} bytes`, parts);
          }
          // A frame that fills its message is only worth waiting for where the protocol cuts frames.
          held.set(direction, bytes.slice(at));
          return { parts };
        }
        if (found.is === 'frame') parts.push(partOf(found.frame, direction, known));
        else if (parts.length === 0 && found.end === bytes.length) parts.push(HEART_BEAT);
        at = found.end;
      }
      return at < bytes.length
        ? failed('stomp', at, `more than ${MOST_PARTS} frames in one message`, parts)
        : { parts };
    }

    return { read };
  },
};

const HEART_BEAT: Part = {
  kind: 'heart-beat',
  isHeartbeat: true,
  layers: [{ protocol: 'stomp', summary: 'heart-beat' }],
};

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(before.length + after.length);
  bytes.set(before);
  bytes.set(after, before.length);
  return bytes;
}

function partOf({ command, headers, body }: StompFrame, direction: Direction, known: Known): Part {
  const header = (name: string) => headers.find(([known]) => known === name)?.[1];
  const destination = header('destination') ?? known.destinations.get(header('subscription') ?? '');
  const isData = command === 'SEND' || command === 'MESSAGE';
  const pair = pairOf(command, header, direction, known);
  const subject =
    destination ?? header('receipt-id') ?? header('id') ?? header('message') ?? header('version');
  return {
    kind: (isData ? destination : undefined) ?? command,
    ...(pair !== undefined && { pair }),
    ...(!isData && command !== 'ERROR' && { isControl: true }),
    layers: [
      {
        protocol: 'stomp',
        summary: subject === undefined ? command : `${command} ${quoted(subject)}`,
        fields: { entries: headers },
        ...(body.length > 0 && { content: { as: 'payload', payload: body } }),
      },
    ],
  };
}

function pairOf(
  command: string,
  header: (name: string) => string | undefined,
  direction: Direction,
  known: Known,
): PairStep | undefined {
  const id = header('id') ?? header('destination') ?? '';
  const receipt = header('receipt');
  const own = receipt === undefined ? undefined : `receipt ${receipt}`;
  switch (command) {
    case 'SUBSCRIBE':
      known.destinations.set(id, header('destination') ?? id);
      if (receipt !== undefined) known.receipts.set(receipt, id);
      return pairStep('subscribe', id, direction);
    case 'UNSUBSCRIBE':
      if (receipt !== undefined) known.receipts.set(receipt, '');
      return pairStep('cancel', id, direction);
    case 'MESSAGE': {
      const subscription = header('subscription') ?? header('destination') ?? '';
      return pairStep('next', subscription, 'sent');
    }
    case 'RECEIPT':
    case 'ERROR': {
      const answered = header('receipt-id');
      if (answered === undefined) return undefined;
      const asked = known.receipts.take(answered) ?? `receipt ${answered}`;
      if (asked === '') return undefined;
      return pairStep(command === 'ERROR' ? 'fail' : 'answer', asked, 'sent');
    }
    default:
      return own === undefined ? undefined : pairStep('ask', own, direction);
  }
}
