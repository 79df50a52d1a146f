import type { Decoded, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Payload } from '../core/facts.ts';
import { isJson } from '../core/payload/json-scan.ts';
import { type Carrier, type Codec, MOST_PARTS } from './decoder.ts';
import { engineVersion } from './engine-io.ts';
import { bytesOfBase64, cutBinary, cutText, type EnginePacket } from './engine-io-payload.ts';
import { failed, quoted } from './result.ts';

/** https://socket.io/docs/v4/engine-io-protocol/: packet types by their digit. */
const TYPES = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'] as const;

/** Parses nothing but the outside: what a message carries stays as it stands. */
export const engineIoCodec: Codec = {
  createReader: (carrier) => ({
    read: (message) => readPackets(packetsOf(message, carrier)),
  }),
};

function packetsOf({ payload }: WireMessage, { transport, url }: Carrier): EnginePacket[] {
  const isThree = engineVersion(url) === '3';
  if (transport === 'websocket') return [{ data: payload, at: 0, isFramed: isThree }];
  if (typeof payload !== 'string') return cutBinary(payload);
  return cutText(payload, isThree || /^\d+:/u.test(payload));
}

function readPackets(packets: readonly EnginePacket[]): Decoded {
  const parts: Part[] = [];
  for (const packet of packets) {
    if (parts.length === MOST_PARTS) {
      return failed(
        'engine.io',
        packet.at,
        `more than ${MOST_PARTS} packets in one payload`,
        parts,
      );
    }
    const part = readPacket(packet);
    if (typeof part === 'string') return failed('engine.io', packet.at, part, parts);
    parts.push(part);
  }
  return { parts };
}

function readPacket({ data, isFramed, fault }: EnginePacket): Part | string {
  if (fault !== undefined) return fault;
  if (typeof data !== 'string') {
    // Version 3 writes the type into the first byte, version 4 sends nothing but messages as bytes.
    return isFramed ? asPacket(data[0], data.subarray(1)) : asMessage(data);
  }
  if (data.startsWith('b')) {
    const bytes = bytesOfBase64(data.slice(isFramed ? 2 : 1));
    return bytes === undefined ? 'bytes in base64 were expected' : asMessage(bytes);
  }
  if (data === 'ok') return asControl('ok', 'the server took what was posted');
  if (data.startsWith('{') && isJson(data)) {
    return {
      kind: 'error',
      isControl: true,
      layers: [{ protocol: 'engine.io', summary: 'error', content: { as: 'json', text: data } }],
    };
  }
  const digit = data.charCodeAt(0) - 0x30;
  return asPacket(Number.isNaN(digit) ? undefined : digit, data.slice(1));
}

function asPacket(digit: number | undefined, data: Payload): Part | string {
  const type = digit === undefined ? undefined : TYPES[digit];
  switch (type) {
    case undefined:
      return 'an Engine.IO packet begins with a type from 0 to 6';
    case 'message':
      return asMessage(data);
    case 'open':
      return typeof data === 'string' && isJson(data)
        ? {
            kind: 'open',
            isControl: true,
            layers: [
              { protocol: 'engine.io', summary: 'open', content: { as: 'json', text: data } },
            ],
          }
        : 'the handshake is no JSON';
    case 'ping':
    case 'pong':
      if (data.length === 0) {
        return {
          kind: type,
          isHeartbeat: true,
          layers: [{ protocol: 'engine.io', summary: type }],
        };
      }
      return asControl(type, typeof data === 'string' ? `${type} ${quoted(data)}` : type);
    case 'close':
    case 'upgrade':
    case 'noop':
      return asControl(type, type);
  }
}

const asMessage = (payload: Payload): Part => ({
  layers: [{ protocol: 'engine.io', summary: 'message', content: { as: 'payload', payload } }],
});

const asControl = (kind: string, summary: string): Part => ({
  kind,
  isControl: true,
  layers: [{ protocol: 'engine.io', summary }],
});
