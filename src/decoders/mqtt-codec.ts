import type { Decoded, PairStep, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import type { Codec } from './decoder.ts';
import { measureMqtt, type PacketType, typeOf } from './mqtt-frame.ts';
import { type MqttPacket, readMqttPacket } from './mqtt-packet.ts';
import { FAILURES_FROM, reasonOf, returnCodeOf } from './mqtt-reasons.ts';
import { createPacketStream, type Packet } from './packet-stream.ts';
import { createRemembered } from './remembered.ts';
import { failed, otherSide, pairStep, quoted } from './result.ts';

/** Packets may come in several messages, and several in one. */
export const mqttCodec: Codec = {
  createReader: () => {
    const streams = {
      sent: createPacketStream(measureMqtt),
      received: createPacketStream(measureMqtt),
    };
    /** Topics by side and alias. */
    const aliases = createRemembered<string>();
    let isFive: boolean | undefined;

    function topicOf({ topic = '', alias }: MqttPacket, direction: Direction): string {
      if (alias === undefined) return topic;
      const key = `${direction} ${alias}`;
      if (topic === '') return aliases.get(key) ?? `topic alias ${alias}`;
      if (topic.length <= LONGEST_KEPT) aliases.set(key, topic);
      return topic;
    }

    function readPacket({ bytes }: Packet, direction: Direction): [Part, MqttPacket] {
      const isGuess = isFive === undefined && VERSIONED.has(typeOf(bytes[0] ?? 0) ?? 'CONNECT');
      const packet = isGuess ? guessed(bytes) : readMqttPacket(bytes, isFive === true);
      if (packet.version !== undefined) isFive = packet.version === 5;
      return [partOf(packet, topicOf(packet, direction), direction, isGuess), packet];
    }

    function read({ direction, payload }: WireMessage): Decoded {
      if (typeof payload === 'string') return failed('mqtt', 0, 'MQTT has binary messages only');
      const { packets, stop } = streams[direction].take(payload);
      const parts: Part[] = [];
      let failure = stop;
      for (const packet of packets) {
        const [part, { stop: inPacket }] = readPacket(packet, direction);
        parts.push(part);
        if (inPacket !== undefined) {
          failure ??= { ...inPacket, offset: packet.offset + inPacket.offset };
        }
      }
      return { parts, ...(failure !== undefined && { failure: { ...failure, layer: 'mqtt' } }) };
    }

    return { read };
  },
};

const LONGEST_KEPT = 1000;
/** These are read in two ways, and only CONNECT says in which. */
const VERSIONED: ReadonlySet<PacketType> = new Set([
  'PUBLISH',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
]);
/** As MQTT 5 where that can be read: what is no properties is rarely taken for them. */
function guessed(bytes: Uint8Array): MqttPacket {
  const five = readMqttPacket(bytes, true);
  const isFive =
    five.stop === undefined &&
    (five.filters.length > 0 || five.codes.length > 0 || five.type === 'PUBLISH');
  return isFive ? five : readMqttPacket(bytes, false);
}

function partOf(packet: MqttPacket, topic: string, direction: Direction, isGuess: boolean): Part {
  const { type, payload } = packet;
  const isPublish = type === 'PUBLISH';
  const pair = pairOf(packet, direction);
  const reasons = packet.codes.map((code) => told(type, code));
  const fields = [
    ...packet.fields,
    ...reasons.map((reason) => ['reason', reason] as const),
    ...(isGuess ? [['not known', 'the version, for CONNECT was not seen'] as const] : []),
  ];
  return {
    kind: isPublish ? topic : type,
    ...(pair !== undefined && { pair }),
    ...((type === 'PINGREQ' || type === 'PINGRESP') && { isHeartbeat: true }),
    ...(!isPublish && { isControl: true }),
    layers: [
      {
        protocol: 'mqtt',
        summary: [type, ...subjectsOf(packet, topic), ...reasons.slice(0, MOST_SUBJECTS)].join(
          ', ',
        ),
        fields: { entries: fields },
        ...(payload !== undefined && payload.length > 0 && { content: { as: 'payload', payload } }),
      },
    ],
  };
}

const MOST_SUBJECTS = 3;

function subjectsOf({ type, id, filters, fields }: MqttPacket, topic: string): string[] {
  const number = id === undefined ? [] : [`id ${id}`];
  if (type === 'PUBLISH') {
    const known = new Map(fields);
    const qos = known.get('QoS');
    const marks = ['retain', 'duplicate'].filter((name) => known.get(name) === true);
    return [quoted(topic), `QoS ${qos === 1 || qos === 2 ? qos : 0}`, ...marks, ...number];
  }
  if (type === 'CONNECT') {
    const client = new Map(fields).get('client identifier');
    return typeof client === 'string' ? [quoted(client)] : [];
  }
  return [...filters.slice(0, MOST_SUBJECTS).map(quoted), ...number];
}

function told(type: PacketType, code: number): string {
  if (type === 'SUBACK' && code === 0) return 'granted QoS 0';
  return type === 'CONNACK' && code < FAILURES_FROM ? returnCodeOf(code) : reasonOf(code);
}

/** A PUBREC answers a PUBLISH of QoS 2; the release is a pair of its own. */
function pairOf(
  { type, id, codes, fields }: MqttPacket,
  direction: Direction,
): PairStep | undefined {
  const asks = (name: string) => pairStep('ask', name, direction);
  const hasFailed =
    codes.length > 0 && codes.every((code) => code >= (type === 'CONNACK' ? 1 : FAILURES_FROM));
  const answers = (name: string) =>
    pairStep(hasFailed ? 'fail' : 'answer', name, otherSide(direction));
  switch (type) {
    case 'CONNECT':
      return asks('connect');
    case 'CONNACK':
      return answers('connect');
    case 'PUBLISH':
      // A PUBLISH that comes once more asks for the same answer.
      return id === undefined || new Map(fields).get('duplicate') === true
        ? undefined
        : asks(`publish ${id}`);
    case 'PUBACK':
    case 'PUBREC':
      return answers(`publish ${id ?? ''}`);
    case 'PUBREL':
      return asks(`release ${id ?? ''}`);
    case 'PUBCOMP':
      return answers(`release ${id ?? ''}`);
    case 'SUBSCRIBE':
      return asks(`subscribe ${id ?? ''}`);
    case 'SUBACK':
      return answers(`subscribe ${id ?? ''}`);
    case 'UNSUBSCRIBE':
      return asks(`unsubscribe ${id ?? ''}`);
    case 'UNSUBACK':
      return answers(`unsubscribe ${id ?? ''}`);
    case 'PINGREQ':
      return asks('ping');
    case 'PINGRESP':
      return answers('ping');
    case 'DISCONNECT':
    case 'AUTH':
      return undefined;
  }
}
