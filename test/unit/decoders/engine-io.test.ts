import { type Packet, encodePayload } from 'engine.io-parser';
import { describe, expect, it } from 'vitest';
import { chooseDecoders } from '../../../src/decoders/choose.ts';
import { createStackReader } from '../../../src/decoders/stack-reader.ts';
import { linesOf } from '../../protocols/fixture.ts';

const polling = {
  transport: 'polling',
  url: 'http://host/socket.io/?EIO=4&transport=polling',
} as const;
const pollingThree = { ...polling, url: 'http://host/socket.io/?EIO=3&transport=polling' } as const;
const socketThree = { transport: 'websocket', url: 'ws://host/socket.io/?EIO=3' } as const;

const read = async (
  carrier: typeof polling | typeof pollingThree | typeof socketThree,
  payload: string | Uint8Array,
) =>
  linesOf(
    (await createStackReader(['engine.io', 'socket.io'], carrier)).read({
      direction: 'received',
      payload,
    }),
  );

describe('Engine.IO', () => {
  it('reads what its own parser writes', async () => {
    const packets: Packet[] = [
      { type: 'open', data: '{"sid":"a","pingInterval":1}' },
      { type: 'ping', data: 'probe' },
      { type: 'message', data: '2["hi",1]' },
      { type: 'message', data: Buffer.from([1, 2]) },
      { type: 'noop' },
    ];
    const payload = await new Promise<string>((resolve) => encodePayload(packets, resolve));
    expect(await read(polling, payload)).toEqual([
      'engine.io: open | “open” | control',
      'engine.io: ping “probe” | “ping” | control',
      'engine.io: message → socket.io: event “hi” | “hi”',
      'engine.io: message',
      'engine.io: noop | “noop” | control',
      'failure at 0 in socket.io: an attachment whose packet was not seen',
    ]);
  });

  it('reads payloads of version 3: lengths in characters, and as bytes', async () => {
    expect(await read(pollingThree, '6:42["€"2:40')).toEqual([
      'engine.io: message',
      'engine.io: message → socket.io: CONNECT | “CONNECT” | control',
      'failure at 1 in socket.io: the data of the packet is no JSON',
    ]);
    const bytes = new Uint8Array([0, 2, 255, 0x34, 0x30, 1, 3, 255, 4, 7, 7]);
    expect(await read(pollingThree, bytes)).toEqual([
      'engine.io: message → socket.io: CONNECT | “CONNECT” | control',
      'engine.io: message',
      'failure at 0 in socket.io: an attachment whose packet was not seen',
    ]);
  });

  it('of version 3 has the type in front of bytes, and pings of the page', async () => {
    expect(await read(socketThree, new Uint8Array([4, 1, 2]))).toEqual([
      'engine.io: message',
      'failure at 0 in socket.io: an attachment whose packet was not seen',
    ]);
    expect(await read(socketThree, '2')).toEqual(['engine.io: ping | “ping” | heartbeat']);
  });

  it('says where a payload is no packet', async () => {
    expect(await read(polling, '40\u{1e}9')).toEqual([
      'engine.io: message → socket.io: CONNECT | “CONNECT” | control',
      'failure at 3 in engine.io: an Engine.IO packet begins with a type from 0 to 6',
    ]);
    expect(await read(pollingThree, '99:40')).toEqual([
      'failure at 0 in engine.io: a length and a packet as long were expected',
    ]);
  });

  it('is not claimed where the URL says so and the messages do not', async () => {
    const samples = ['hello', 'world'].map((payload) => ({ direction: 'sent', payload }) as const);
    expect((await chooseDecoders(socketThree, samples))?.stack).toEqual(['text']);
  });

  it('is known by its handshake where the URL is gone', async () => {
    const samples = ['0{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":2}', '42["hi"]'];
    const choice = await chooseDecoders(
      { transport: 'websocket', url: 'ws://host/' },
      samples.map((payload) => ({ direction: 'received', payload })),
    );
    expect(choice?.stack).toEqual(['engine.io', 'socket.io']);
  });
});
