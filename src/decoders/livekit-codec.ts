import { type Data, isMap } from '../core/decoded/data.ts';
import type { Decoded, PairStep, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import type { Codec } from './decoder.ts';
import { parseProto } from './formats/parse-proto.ts';
import { readWithSchema } from './formats/read-proto-schema.ts';
import { LIVEKIT_PROTO } from './livekit-proto.ts';
import { failed, otherSide, pairStep, quoted } from './result.ts';

const { schema } = parseProto([{ name: 'livekit_rtc.proto', text: LIVEKIT_PROTO }]);

/** One signal in each message. */
export const livekitCodec: Codec = { createReader: () => ({ read }) };

function read({ direction, payload }: WireMessage): Decoded {
  if (typeof payload === 'string') {
    return failed('livekit', 0, 'only binary messages of LiveKit are read');
  }
  const type = direction === 'sent' ? 'SignalRequest' : 'SignalResponse';
  const { data, stop } = readWithSchema(schema, type, payload);
  const entries = isMap(data) ? data.entries : [];
  const parts = entries.map(([key, value]) => {
    const kind =
      typeof key === 'number' ? `signal ${key}` : typeof key === 'string' ? key : 'signal';
    const pair = pairOf(kind, value, direction);
    return {
      kind,
      ...(pair !== undefined && { pair }),
      ...(/^p[io]ng/u.test(kind) && { isHeartbeat: true as const }),
      layers: [
        {
          protocol: 'livekit' as const,
          summary: [kind, ...subjectsOf(value)].join(', '),
          content: { as: 'data' as const, data: value },
        },
      ],
    };
  });
  return stop === undefined ? { parts } : failed('livekit', stop.offset, stop.reason, parts);
}

const memberOf = (data: Data, name: string): Data | undefined =>
  typeof data === 'object' && data !== null && isMap(data)
    ? data.entries.find(([key]) => key === name)?.[1]
    : undefined;

/** What says most of a signal, where it is there. */
function subjectsOf(value: Data): string[] {
  const names = ['type', 'cid', 'sid', 'track_sid', 'target'];
  const found = names.map((name) => memberOf(value, name)).find((each) => typeof each === 'string');
  return typeof found === 'string' ? [quoted(found)] : [];
}

/** Offers and pings are answered by number. */
function pairOf(kind: string, value: Data, direction: Direction): PairStep | undefined {
  const id = memberOf(value, 'id');
  const number = typeof id === 'number' ? ` ${id}` : '';
  switch (kind) {
    case 'offer':
      return pairStep('ask', `offer${number}`, direction);
    case 'answer':
      return pairStep('answer', `offer${number}`, otherSide(direction));
    case 'ping':
    case 'ping_req':
      return pairStep('ask', kind, direction);
    case 'pong':
      return pairStep('answer', 'ping', otherSide(direction));
    case 'pong_resp':
      return pairStep('answer', 'ping_req', otherSide(direction));
    default:
      return undefined;
  }
}
