import { decode, encode, ExtData } from '@msgpack/msgpack';
import * as cbor from 'cbor2';
import { feedEntry } from './feed-entry.ts';

const BYTES = Uint8Array.from([0, 1, 2, 250, 255]);
const EVENTS = [
  { type: 'hello', version: 2, features: ['a', 'b'], none: null, yes: true },
  { type: 'quote', symbol: 'ACME', price: 12.5, volume: 70_000, delta: -300 },
  { type: 'quote', symbol: 'BETA', price: -0.1, volume: 4_000_000_000, delta: -40_000 },
  { type: 'text', body: 'tea “green” 🍵', long: 'x'.repeat(300) },
  { type: 'list', items: Array.from({ length: 20 }, (_, i) => i * i) },
];
const BIG = { type: 'big', id: 9_007_199_254_740_993n, low: -9_007_199_254_740_993n };
const AT = new Date('2026-11-20T10:00:00.123Z');

/** The words of the decoder for what has no JSON. */
function inWords(value: unknown): unknown {
  if (value instanceof Date) return { tag: 'timestamp', value: AT.toISOString() };
  if (value instanceof ExtData) return { tag: `ext ${value.type}`, value: value.data };
  if (value instanceof URL) return { tag: 'tag 32 (URI)', value: value.href };
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inWords(each)]));
}

const packed = () => [
  ...EVENTS.map((value) => encode(value)),
  encode(BIG, { useBigInt64: true }),
  encode({ type: 'moment', at: AT }),
  encode({ type: 'bytes', data: BYTES, ext: new ExtData(5, BYTES) }),
];

/** Whole numbers of 64 bits are `bigint` there, also small ones. */
const unpacked = (data: Uint8Array): unknown => inWords(decode(data, { useBigInt64: true }));

export const VALUE_ENTRIES = [
  feedEntry({
    name: 'msgpack',
    stack: ['msgpack'],
    packages: ['@msgpack/msgpack'],
    messages: () => Promise.resolve(packed()),
    decode: (data) => [{ value: unpacked(data) }],
  }),
  feedEntry({
    name: 'cbor',
    stack: ['cbor'],
    packages: ['cbor2'],
    messages: () =>
      Promise.resolve(
        [
          ...EVENTS,
          BIG,
          { type: 'bytes', data: BYTES, link: new cbor.Tag(32, 'https://example.test/') },
        ].map((value) => cbor.encode(value)),
      ),
    decode: (data) => [{ value: inWords(cbor.decode(data)) }],
  }),
  feedEntry({
    name: 'base64',
    stack: ['base64', 'msgpack'],
    packages: ['@msgpack/msgpack'],
    messages: () => Promise.resolve(packed().map((bytes) => Buffer.from(bytes).toString('base64'))),
    decode: (data) => [{ value: unpacked(Buffer.from(data.toString(), 'base64')) }],
  }),
];
