import { constants, createDeflate, deflateSync, gzipSync } from 'node:zlib';
import { compress, init } from '@bokuweb/zstd-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Direction, Payload } from '../../../../src/core/facts.ts';
import { MOST_INFLATED } from '../../../../src/decoders/decoder.ts';
import { findGzip, findZlib, findZstd } from '../../../../src/decoders/formats/compressed.ts';
import { deflateCodec } from '../../../../src/decoders/formats/deflate-codec.ts';
import type { Found } from '../../../../src/decoders/formats/format.ts';
import { inflateZstd } from '../../../../src/decoders/zstd/inflate-zstd.ts';

beforeAll(init);

const payloadOf = (found: Found | undefined): Payload | undefined =>
  found?.layer.content?.as === 'payload' ? found.layer.content.payload : undefined;
const asBytes = (payload: Payload | undefined) => Buffer.from(payload ?? '');

/** Bytes that compress in parts. */
const source = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string().map((text) => Buffer.from(text.repeat(20))),
    ),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((pieces) => Buffer.concat(pieces))
  .filter((bytes) => bytes.length > 0);

describe('compressed bytes', () => {
  it.each([
    ['gzip', findGzip, (bytes: Buffer) => gzipSync(bytes)],
    ['zlib', findZlib, (bytes: Buffer) => deflateSync(bytes)],
    ['Zstandard', findZstd, (bytes: Buffer) => Buffer.from(compress(bytes, 3))],
  ])('of %s become what they were', (_name, find, pack) => {
    fc.assert(
      fc.property(source, (bytes) => {
        const found = find(new Uint8Array(pack(bytes)));
        expect(found?.stop).toBeUndefined();
        expect(asBytes(payloadOf(found)).equals(bytes)).toBe(true);
      }),
    );
  });

  it('of Zstandard become what they were, at each level', () => {
    const words = Array.from({ length: 20_000 }, (_, i) => `${(i * 7919) % 1009} tea ${i % 13}`);
    const bytes = Buffer.from(words.join(' '));
    for (const level of [1, 3, 6, 9, 15, 19]) {
      const inflated = inflateZstd(new Uint8Array(compress(bytes, level)));
      expect(inflated.stop).toBeUndefined();
      expect(Buffer.from(inflated.bytes).equals(bytes)).toBe(true);
    }
  });

  it('that are cut keep what was there, and say so', () => {
    const whole = new Uint8Array(gzipSync(Buffer.from('a text that is long enough '.repeat(9000))));
    const found = findGzip(whole.subarray(0, whole.length - 100));
    expect(found?.stop?.reason).toContain('damaged or cut');
    const zstd = new Uint8Array(compress(Buffer.from('tea'), 3));
    expect(findZstd(zstd.subarray(0, 10))?.stop?.reason).toContain('cut');
  });

  it('that become too much stop at the bound', () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(MOST_INFLATED + 1)));
    expect(findGzip(bomb)?.stop?.reason).toBe('it becomes more than 64 MiB');
    const zeros = new Uint8Array(compress(Buffer.alloc(1_000_000), 3));
    expect(inflateZstd(zeros, 65_536).stop?.reason).toBe('it becomes more than 0.0625 MiB');
  });

  it('are no zlib where two bytes look like it', () => {
    expect(findZlib(Uint8Array.from([0x78, 0x9c, 1, 2, 3, 4, 5, 6, 7, 8]))).toBeUndefined();
    const broken = new Uint8Array(deflateSync(Buffer.from('a text')));
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    expect(findZlib(broken)).toBeUndefined();
  });
});

describe('one zlib stream over many messages', () => {
  const texts = ['{"op":10,"d":{"interval":41250}}', '{"op":0,"t":"READY"}', '{"op":11}'];
  const message = (payload: Uint8Array, direction: Direction = 'received') => ({
    direction,
    payload,
  });

  async function flushed(): Promise<Uint8Array[]> {
    const stream = createDeflate();
    const pieces: Uint8Array[] = [];
    for (const text of texts) {
      stream.write(text);
      await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, resolve));
      pieces.push(new Uint8Array(stream.read() as Buffer));
    }
    return pieces;
  }

  it('is read message by message', async () => {
    const reader = deflateCodec.createReader({ transport: 'websocket', url: 'ws://host/' });
    const read = (await flushed()).map((payload) => reader.read(message(payload)));
    expect(read.map(({ parts }) => parts[0]?.layers[0]?.content)).toEqual(
      texts.map((payload) => ({ as: 'payload', payload })),
    );
  });

  it('says that it cannot be read from its middle', async () => {
    const reader = deflateCodec.createReader({ transport: 'websocket', url: 'ws://host/' });
    const [, second] = await flushed();
    const { parts, failure } = reader.read(message(second ?? new Uint8Array()));
    expect(parts).toEqual([]);
    expect(failure?.reason).toBe(
      'its stream began before what is here, and nothing of it can be read without that',
    );
  });
});
