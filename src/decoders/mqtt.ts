import { claimByShare, isBinary } from './claim-by-share.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { utf8TextOf } from './formats/exact.ts';
import { isPrintable } from './formats/printable.ts';
import { measureMqtt, typeOf } from './mqtt-frame.ts';
import { cutPackets } from './packet-stream.ts';

const SUBPROTOCOL = /^mqtt(?:v\d[\d.]*)?$/iu;
/** First in a CONNECT; the second is that of 3.1. */
const PROTOCOL_NAMES = ['MQTT', 'MQIsdp'];
const CONNECT = 0x10;

/** MQTT 3.1 to 5 over WebSocket (https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html, 6). */
export const mqtt: Decoder = {
  id: 'mqtt',
  recognise: (look) => claimBySubprotocol(look) ?? claimByConnect(look) ?? claimByShape(look),
  load: async () => (await import('./mqtt-codec.ts')).mqttCodec,
};

/** Packets may be cut anywhere, so only the first messages and texts can speak against it. */
function claimBySubprotocol({ subprotocol, samples }: ChannelLook): Claim | undefined {
  if (subprotocol === undefined || !SUBPROTOCOL.test(subprotocol)) return undefined;
  const texts = samples.filter(({ payload }) => !isBinary(payload)).length;
  if (samples.length === 0 || texts > samples.length / 10) return undefined;
  return { confidence: 1, evidence: [`subprotocol “${subprotocol}”`] };
}

function claimByConnect({ samples }: ChannelLook): Claim | undefined {
  const [first] = samples;
  if (first === undefined || typeof first.payload === 'string') return undefined;
  const [head, ...begin] = first.payload.subarray(0, 16);
  const text = String.fromCharCode(...begin);
  const isConnect = head === CONNECT && PROTOCOL_NAMES.some((name) => text.includes(name));
  if (!isConnect) return undefined;
  return { confidence: 0.97, evidence: ['the first message is a CONNECT of MQTT'] };
}

const claimByShape = (look: ChannelLook): Claim | undefined =>
  look.samples.some(({ payload }) => isBinary(payload) && tellsTopic(payload))
    ? claimByShare(look, {
        isOfType: isBinary,
        passes: isWholePackets,
        atLeast: 3,
        confidence: 0.75,
        are: 'are whole packets of MQTT',
      })
    : undefined;

function isWholePackets(bytes: Uint8Array): boolean {
  const { packets, at, stop } = cutPackets(bytes, measureMqtt);
  return stop === undefined && packets.length > 0 && at === bytes.length;
}

/** A PUBLISH with a topic that somebody could have written. */
function tellsTopic(bytes: Uint8Array): boolean {
  const [packet] = cutPackets(bytes, measureMqtt).packets;
  if (packet === undefined || typeOf(packet.bytes[0] ?? 0) !== 'PUBLISH') return false;
  const header = packet.bytes.findIndex((byte, index) => index > 0 && byte < 0x80) + 1;
  const length = ((packet.bytes[header] ?? 0) << 8) | (packet.bytes[header + 1] ?? 0);
  if (length < 2 || header + 2 + length > packet.bytes.length) return false;
  const topic = utf8TextOf(packet.bytes.subarray(header + 2, header + 2 + length));
  return topic !== undefined && isPrintable(topic) && !/[#+]/u.test(topic);
}
