import fc from 'fast-check';
import { Encoder, type Packet, PacketType } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../src/core/decoded/decoded.ts';
import { socketIoCodec } from '../../../src/decoders/socket-io-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';
import { asFixtureValue, plainContent } from '../../protocols/fixture-value.ts';

const carrier = { transport: 'websocket', url: 'ws://host/' } as const;
const readAll = (payloads: readonly (string | Uint8Array)[]): Decoded[] => {
  const reader = socketIoCodec.createReader(carrier);
  return payloads.map((payload) => reader.read({ direction: 'sent', payload }));
};
const encode = (packet: Packet) => new Encoder().encode(packet) as (string | Buffer)[];

describe('Socket.IO', () => {
  it('puts together what its own encoder takes apart', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((each) => Buffer.from(each));
    // Its encoder loses a key that JavaScript takes for the prototype.
    const key = fc.string().filter((name) => name !== '__proto__');
    const argument = fc.oneof(fc.string(), fc.integer(), bytes, fc.dictionary(key, bytes));
    fc.assert(
      fc.property(fc.array(argument, { minLength: 2, maxLength: 4 }), fc.nat(), (args, id) => {
        const data = ['event', ...args];
        const packet = { type: PacketType.EVENT, nsp: '/room', id, data };
        const last = readAll(encode(packet)).at(-1);
        const layer = last?.parts[0]?.layers[0];
        expect(plainContent(layer?.content)).toEqual(asFixtureValue(data));
        expect(last?.parts[0]?.kind).toBe('event');
      }),
    );
  });

  it('keeps whole numbers that a double does not hold', () => {
    const [, last] = readAll([
      '51-["n",12345678901234567890,{"_placeholder":true,"num":0}]',
      new Uint8Array([1]),
    ]);
    expect(plainContent(last?.parts[0]?.layers[0]?.content)).toEqual([
      'n',
      { bigint: '12345678901234567890' },
      { base64: 'AQ==' },
    ]);
  });

  it.each([
    ['0/admin?token=1,', 'socket.io: CONNECT in /admin?token=1 | “CONNECT” | control'],
    ['1/admin,', 'socket.io: DISCONNECT in /admin | “DISCONNECT” | control'],
    ['4"no"', 'socket.io: CONNECT_ERROR | “CONNECT_ERROR” | control'],
    [
      '2/admin,7["a,[b"]',
      'socket.io: event “a,[b” wants ack 7 in /admin | “a,[b” | ask /admin 7 (asked: sent)',
    ],
    [
      '3/admin,7[]',
      'socket.io: ack 7 in /admin | “ack” | answer server /admin 7 (asked: received)',
    ],
  ])('reads %s', (payload, line) => {
    expect(readAll([payload]).flatMap(linesOf)).toEqual([line]);
  });

  it.each([
    ['', 'failure at 0 in socket.io: a Socket.IO packet begins with a type from 0 to 6'],
    ['2["a"', 'failure at 1 in socket.io: the data of the packet is no JSON'],
    ['2{}', 'failure at 1 in socket.io: the data of EVENT is no list'],
    ['5["a"]', 'failure at 0 in socket.io: a number of attachments was expected'],
  ])('says what is wrong with “%s”', (payload, line) => {
    expect(readAll([payload]).flatMap(linesOf)).toEqual([line]);
  });

  it('does not wait for attachments of a packet that another one cut off', () => {
    const read = readAll(['52-["a",{"_placeholder":true,"num":0}]', '2["b"]', new Uint8Array([1])]);
    expect(read.flatMap(linesOf)).toEqual([
      'socket.io: event “a”, 2 attached | “a”',
      'socket.io: event “b” | “b”',
      'failure at 0 in socket.io: an attachment whose packet was not seen',
    ]);
  });
});
