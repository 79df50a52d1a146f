import { deflateSync, gzipSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cbor2';
import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../src/core/facts.ts';
import { unfold } from '../../../../src/decoders/formats/unfold.ts';

const names = (payload: Payload): string =>
  unfold(payload)
    .layers.map(({ protocol }) => protocol)
    .join(' → ');
const quote = { type: 'quote', symbol: 'ACME', price: 12.5 };
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('what a payload shows by itself', () => {
  it.each<[string, Payload]>([
    ['json', '{"a":1}'],
    ['ndjson', '{"a":1}\n{"a":2}\n'],
    ['xml', '<message to="a"><body>hi</body></message>'],
    ['form', 'symbol=ACME&amount=12'],
    ['text → json', bytesOf('{"a":1}')],
    ['text → text', bytesOf('good morning')],
    ['msgpack', encode(quote)],
    ['cbor', encodeCbor(quote)],
    ['gzip → json', new Uint8Array(gzipSync(JSON.stringify(quote)))],
    ['deflate → msgpack', new Uint8Array(deflateSync(encode(quote)))],
    ['base64 → msgpack', base64(encode(quote))],
    ['base64 → gzip → msgpack', base64(gzipSync(encode(quote)))],
    ['base64 → text → json', base64(bytesOf(JSON.stringify(quote)))],
    ['base64 → image', `data:image/gif;base64,${base64(bytesOf('GIF89a'))}`],
    ['gzip → gzip → text', new Uint8Array(gzipSync(gzipSync('tea')))],
  ])('is %s', (wanted, payload) => {
    expect(names(payload)).toBe(wanted);
    expect(unfold(payload).failure).toBeUndefined();
  });

  it.each([
    'ping',
    'hello, world',
    '42',
    '"quoted"',
    'a=b',
    'x == y && z',
    'deadbeefdeadbeefdeadbeefdeadbeef',
    'HelloWorldHelloWorldHelloWor',
    '550e8400-e29b-41d4-a716-446655440000',
    'dGVh',
    '<3 you',
    '<not closed',
    'a < b > c',
    '{not JSON}',
    '{"a":1}\nand more',
    '',
  ])('stays text: %s', (text) => {
    expect(names(text)).toBe('text');
  });

  it.each<[string, number[]]>([
    ['a byte', [1]],
    ['three small numbers', [0x93, 1, 2, 3]],
    ['an MQTT publish', [0x30, 0x0a, 0, 3, 0x61, 0x2f, 0x62, 0x68, 0x65, 0x6c, 0x6c, 0x6f]],
    ['a Yjs step', [0, 1, 2, 0, 0]],
    ['zeros', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['floats', [...new Uint8Array(Float32Array.from([1.5, 2.5, -3.25]).buffer)]],
  ])('stays binary: %s', (_name, bytes) => {
    expect(names(Uint8Array.from(bytes))).toBe('binary');
  });

  it('stays binary where it is chance, nearly always', () => {
    let state = 1;
    const next = () => (state = (state * 48271) % 2147483647) & 0xff;
    const claimed = Array.from({ length: 20_000 }, (_, i) =>
      names(Uint8Array.from({ length: 8 + (i % 60) }, next)),
    ).filter((name) => name !== 'binary');
    expect(claimed.length).toBeLessThan(40);
  });

  it('ends where layers have no end, and says what is inside', () => {
    let payload = new Uint8Array(gzipSync('tea'));
    for (let i = 0; i < 20; i += 1) payload = new Uint8Array(gzipSync(payload));
    const { layers } = unfold(payload);
    expect(layers).toHaveLength(9);
    expect(layers.at(-1)?.content?.as).toBe('bytes');
  });

  it('tells of damage, and shows what was there', () => {
    const cut = new Uint8Array(gzipSync(JSON.stringify(quote).repeat(500))).subarray(0, -9);
    const { layers, failure } = unfold(cut);
    expect(failure?.layer).toBe('gzip');
    expect(layers[0]?.protocol).toBe('gzip');
  });

  it('keeps a form with doubled names, and what is no UTF-8', () => {
    const content = unfold('a=1&a=2&b=%FF').layers[0]?.content;
    expect(content).toEqual({
      as: 'data',
      data: {
        entries: [
          ['a', '1'],
          ['a', '2'],
          ['b', { tag: 'invalid escape', value: '%FF' }],
        ],
      },
    });
  });

  it('takes 50 MB in time that goes with its length', () => {
    const text = 'word '.repeat(10_000_000);
    const bytes = new Uint8Array(50_000_000).fill(0x91);
    expect(names(text)).toBe('text');
    expect(names(bytes)).toBe('binary');
    expect(names(`[${'1,'.repeat(25_000_000)}1]`)).toBe('json');
  });
});
