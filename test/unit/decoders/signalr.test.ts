import { describe, expect, it } from 'vitest';
import { signalrCodec } from '../../../src/decoders/signalr-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';

const END = '\u{1e}';
const read = (...payloads: (string | Uint8Array)[]): string[] => {
  const carrier = { transport: 'websocket', url: 'ws://host/' } as const;
  const reader = signalrCodec.createReader(carrier);
  return payloads.flatMap((payload) => linesOf(reader.read({ direction: 'received', payload })));
};

describe('SignalR', () => {
  it('reads each record of a message, and says where the last one is cut', () => {
    expect(read(`{"type":6}${END}{"type":7,"error":"gone"}${END}{"type":1,`)).toEqual([
      'signalr: Ping | “Ping” | heartbeat',
      'signalr: Close: “gone” | “Close” | control',
      'failure at 37 in signalr: a record without its separator',
    ]);
  });

  it('names no invocation that it has not seen', () => {
    expect(read(`{"type":3,"invocationId":"9","result":1}${END}`)).toEqual([
      'signalr: Completion 9 | “Completion” | answer 9 (asked: sent)',
    ]);
  });

  it('reads lengths of several bytes, and says where no record is as long', () => {
    const long = new Uint8Array(2 + 133);
    long.set([0x85, 0x01, 0x92, 0x07, 0xd9, 0x80], 0);
    long.fill(0x61, 6, 134);
    long[134] = 0xc2;
    expect(read(long)[0]).toMatch(/^signalr: Close: “a+…?” \| “Close” \| control$/u);
    expect(read(new Uint8Array([2, 0x91, 6, 9, 0x91]))).toEqual([
      'signalr: Ping | “Ping” | heartbeat',
      'failure at 3 in signalr: a length and a record as long were expected',
    ]);
  });

  it.each([
    [`{"type":12}${END}`, 'failure at 0 in signalr: a record with a type from 1 to 9 was expected'],
    ['hello', 'failure at 0 in signalr: a record without its separator'],
  ])('says what is wrong with %j', (payload, line) => {
    expect(read(payload)).toEqual([line]);
  });
});
