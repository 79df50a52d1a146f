import { SignalRequest, SignalResponse } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { livekit } from '../../../src/decoders/livekit.ts';
import { livekitCodec } from '../../../src/decoders/livekit-codec.ts';
import { REQUESTS, RESPONSES } from '../../../src/decoders/livekit-names.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'wss://host/rtc?sdk=js' } as const;
const read = (payload: Uint8Array | string) =>
  linesOf(livekitCodec.createReader(carrier).read({ direction: 'sent', payload }));

const namesOf = (fields: readonly { no: number; name: string }[]) =>
  new Map(fields.map(({ no, name }) => [no, name]));

describe('LiveKit', () => {
  it('knows the signals by the numbers of its own protocol package', () => {
    expect(REQUESTS).toEqual(namesOf(SignalRequest.fields.list()));
    expect(RESPONSES).toEqual(namesOf(SignalResponse.fields.list()));
  });

  it('names a signal that it does not know by its number, and a ping that is a number', () => {
    expect(read(Uint8Array.of(0xfa, 0x01, 1, 65))).toEqual(['livekit: signal 31 | “signal 31”']);
    const ping = new SignalRequest({ message: { case: 'ping', value: 7n } });
    expect(read(ping.toBinary())).toEqual([
      'livekit: ping | “ping” | ask ping (asked: sent) | heartbeat',
    ]);
  });

  it('says where a message ends too early', () => {
    expect(read(Uint8Array.of(10, 9, 1)).at(-1)).toBe(
      'failure at 2 in livekit: 9 bytes should follow, 1 are there',
    );
  });

  it('is taken for it only where LiveKit listens', () => {
    const payload = new SignalRequest({
      message: { case: 'mute', value: { sid: 'a' } },
    }).toBinary();
    const samples = [{ direction: 'sent', payload }] as const;
    expect(livekit.recognise({ ...carrier, samples })?.confidence).toBe(0.9);
    expect(livekit.recognise({ ...carrier, url: 'wss://host/feed', samples })).toBeUndefined();
  });
});
