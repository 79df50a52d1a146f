import { generate, type Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { mqtt } from '../../../src/decoders/mqtt.ts';
import { mqttCodec } from '../../../src/decoders/mqtt-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'ws://host/' } as const;
const reader = () => {
  const { read } = mqttCodec.createReader(carrier);
  return (payload: Uint8Array | string) => linesOf(read({ direction: 'sent', payload }));
};
const packet = (packet: Packet, protocolVersion = 4) =>
  new Uint8Array(generate(packet, { protocolVersion }));
const publish = (topic: string, payload: string, properties?: object) =>
  ({
    cmd: 'publish',
    topic,
    payload,
    qos: 0,
    dup: false,
    retain: false,
    ...(properties && { properties }),
  }) as const;

describe('MQTT', () => {
  it('puts a packet together that comes byte by byte, and cuts two that come as one', () => {
    const read = reader();
    const bytes = packet(publish('a/b', 'hello there'));
    const lines = [...bytes].flatMap((byte) => read(Uint8Array.of(byte)));
    expect(lines).toEqual(['mqtt: PUBLISH, “a/b”, QoS 0 | “a/b”']);
    expect(read(new Uint8Array([...bytes, ...packet({ cmd: 'pingreq' })]))).toEqual([
      'mqtt: PUBLISH, “a/b”, QoS 0 | “a/b”',
      'mqtt: PINGREQ | “PINGREQ” | ask ping (asked: sent) | heartbeat | control',
    ]);
  });

  it('names an alias by its number where the topic was not seen', () => {
    const read = reader();
    read(packet({ cmd: 'connect', clientId: 'c', protocolVersion: 5, keepalive: 0 }, 5));
    expect(read(packet(publish('', 'x', { topicAlias: 3 }), 5))).toEqual([
      'mqtt: PUBLISH, “topic alias 3”, QoS 0 | “topic alias 3”',
    ]);
  });

  it.each([
    [4, 'plain'],
    [5, 'plain'],
    [4, '{"json":true}'],
  ])('reads version %d where CONNECT was not seen, and says that it was not', (version, text) => {
    const { read } = mqttCodec.createReader(carrier);
    const { parts } = read({ direction: 'sent', payload: packet(publish('t', text), version) });
    const [layer] = parts[0]?.layers ?? [];
    expect(layer?.content).toEqual({ as: 'payload', payload: new TextEncoder().encode(text) });
    expect(layer?.fields).toMatchObject({
      entries: expect.arrayContaining([
        ['not known', 'the version, for CONNECT was not seen'],
      ]) as unknown,
    });
  });

  it('takes a PUBLISH that comes once more for no new question', () => {
    const again = { ...publish('t', 'x'), qos: 1, dup: true, messageId: 7 } as const;
    expect(reader()(packet(again))).toEqual(['mqtt: PUBLISH, “t”, QoS 1, duplicate, id 7 | “t”']);
  });

  it('says where it is no MQTT, and begins again with the next message', () => {
    const read = reader();
    expect(read(Uint8Array.of(0xc0, 0, 0x06, 1))).toEqual([
      'mqtt: PINGREQ | “PINGREQ” | ask ping (asked: sent) | heartbeat | control',
      'failure at 2 in mqtt: packet type 0 means nothing in MQTT',
    ]);
    expect(read(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff))).toEqual([
      'failure at 1 in mqtt: a remaining length of more than four bytes',
    ]);
    expect(read(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f))).toEqual([
      'failure at 0 in mqtt: a packet of 268,435,460 bytes is not put together',
    ]);
    expect(read(Uint8Array.of(0x30, 3, 0, 9, 65))).toEqual([
      'mqtt: PUBLISH, “”, QoS 0 | “”',
      'failure at 4 in mqtt: 9 bytes should follow, 1 are there',
    ]);
    expect(read('text')).toEqual(['failure at 0 in mqtt: MQTT has binary messages only']);
  });

  it('is recognised amid a connection, and not by packets without a topic', () => {
    const samples = (payloads: Uint8Array[]) =>
      payloads.map((payload) => ({ direction: 'sent', payload }) as const);
    const look = (payloads: Uint8Array[]) =>
      mqtt.recognise({ ...carrier, samples: samples(payloads) })?.confidence;
    const bytes = packet(publish('room/a', 'x'));
    expect(look([bytes, bytes, packet({ cmd: 'pingreq' })])).toBe(0.75);
    expect(
      look([packet({ cmd: 'pingreq' }), packet({ cmd: 'pingresp' }), packet({ cmd: 'pingreq' })]),
    ).toBeUndefined();
  });
});
