import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { type Data, isTagged } from '../../../../src/core/decoded/data.ts';
import type { Carrier } from '../../../../src/decoders/decoder.ts';
import { parseProto } from '../../../../src/decoders/formats/parse-proto.ts';
import { protobufCodec } from '../../../../src/decoders/formats/protobuf-codec.ts';
import { readProtobuf } from '../../../../src/decoders/formats/read-protobuf.ts';
import { readWithSchema } from '../../../../src/decoders/formats/read-proto-schema.ts';

const ALL = `syntax = "proto3";
package t;
enum Color { RED = 0; GREEN = 1; }
message All {
  double d = 1; float f = 2; int32 i32 = 3; int64 i64 = 4; uint32 u32 = 5; uint64 u64 = 6;
  sint32 s32 = 7; sint64 s64 = 8; fixed32 f32 = 9; fixed64 f64 = 10; sfixed32 sf32 = 11; sfixed64 sf64 = 12;
  bool b = 13; string s = 14; bytes y = 15; Color color = 16;
  repeated int32 packed = 17; repeated string words = 18; All inner = 19; map<int32, string> names = 20;
}
message Point { int32 x = 1; int32 y = 2; }
message Named { string name = 1; }
service S { rpc Move(Point) returns (Named); }`;
const file = { name: 'all.proto', text: ALL };
const All = protobuf.parse(ALL, { keepCase: true }).root.lookupType('t.All');
const { schema, failures } = parseProto([file]);

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const all = fc.record(
  {
    d: fc.double({ noNaN: true, noDefaultInfinity: true }),
    f: fc.float({ noNaN: true, noDefaultInfinity: true }),
    i32: fc.integer(),
    i64: int64,
    u32: fc.nat(0xffffffff),
    u64: uint64,
    s32: fc.integer(),
    s64: int64,
    f32: fc.nat(0xffffffff),
    f64: uint64,
    sf32: fc.integer(),
    sf64: int64,
    b: fc.boolean(),
    s: fc.string({ unit: 'grapheme' }),
    packed: fc.array(fc.integer(), { minLength: 1 }),
    words: fc.array(fc.string(), { minLength: 1 }),
    names: fc.dictionary(fc.nat().map(String), fc.string(), { minKeys: 1, maxKeys: 5 }),
  },
  { requiredKeys: [] },
);

const written = (value: object): Uint8Array =>
  All.encode(
    All.fromObject(
      JSON.parse(
        JSON.stringify(value, (_key, each: unknown) =>
          typeof each === 'bigint' ? String(each) : each,
        ),
      ) as object,
    ),
  ).finish();

const fieldsOf = (data: Data): Map<Data, Data> =>
  new Map((data as { entries: [Data, Data][] }).entries);
/** Zeros of either sign, and numbers as exact as they were. */
const exact = (value: unknown) => (typeof value === 'bigint' ? String(value) : value);

describe('Protobuf with a schema', () => {
  it('reads what the library writes, every scalar exact', () => {
    expect(failures).toEqual([]);
    fc.assert(
      fc.property(all, (value) => {
        const plain: Record<string, unknown> = value;
        const { data, strange, stop } = readWithSchema(schema, 't.All', written(plain));
        expect([strange, stop]).toEqual([0, undefined]);
        const read = fieldsOf(data);
        for (const [name, wanted] of Object.entries(plain)) {
          const got = read.get(name);
          // proto3 leaves out what is default.
          if (got === undefined) expect(Math.abs(Number(wanted))).toBe(0);
          else if (name === 'names')
            expect((got as { entries: unknown[] }).entries).toHaveLength(
              Object.keys(wanted as object).length,
            );
          else if (name === 'd' || name === 'f') expect(got).toEqual(wanted);
          else if (Array.isArray(wanted)) expect(got).toEqual(wanted);
          else expect(String(exact(got))).toBe(String(exact(wanted)));
        }
      }),
    );
  });

  it('names enumerations, nests messages, and keeps fields that it does not know', () => {
    const bytes = All.encode({ color: 1, inner: { s: 'in' }, names: { 7: 'seven' } }).finish();
    const more = Uint8Array.from([...bytes, 0x98, 0x06, 5]);
    const { data, known, strange } = readWithSchema(schema, 't.All', more);
    expect(data).toEqual({
      entries: [
        ['color', { tag: 'Color.GREEN', value: 1 }],
        ['inner', { entries: [['s', 'in']] }],
        ['names', { entries: [[7, 'seven']] }],
        [
          99,
          {
            tag: 'varint',
            value: {
              entries: [
                ['unsigned', 5],
                ['zigzag', -3],
              ],
            },
          },
        ],
      ],
    });
    expect([known, strange]).toEqual([4, 1]);
  });

  it('tells what is wrong with a file, and reads the others', () => {
    const parsed = parseProto([file, { name: 'bad.proto', text: 'message {' }]);
    expect(parsed.failures).toEqual([
      { file: 'bad.proto', line: 1, reason: "illegal type name '{'" },
    ]);
    expect(parsed.schema.messages.has('t.Point')).toBe(true);
  });

  it('knows the types that come with Protobuf', () => {
    const text = `syntax = "proto3"; import "google/protobuf/timestamp.proto";
      message At { google.protobuf.Timestamp when = 1; }`;
    const parsed = parseProto([{ name: 'at.proto', text }]);
    expect(parsed.failures).toEqual([]);
    const bytes = Uint8Array.from([0x0a, 2, 0x08, 7]);
    expect(readWithSchema(parsed.schema, 'At', bytes).data).toEqual({
      entries: [['when', { entries: [['seconds', 7]] }]],
    });
  });
});

describe('the reader of Protobuf', () => {
  const carrier: Carrier = { transport: 'websocket', url: 'ws://host/t', protoFiles: [file] };
  const read = (
    given: Partial<Carrier>,
    payload: Uint8Array,
    direction: 'sent' | 'received' = 'received',
  ) => protobufCodec.createReader({ ...carrier, ...given }).read({ direction, payload }).parts[0];

  it('takes the type that fits, and none where two fit equally', () => {
    expect(read({}, Uint8Array.from([0x0a, 3, 0x74, 0x65, 0x61]))?.kind).toBe('Named');
    const text = 'syntax = "proto3"; message A { int32 x = 1; } message B { int32 y = 1; }';
    const both = read({ protoFiles: [{ name: 'ab.proto', text }] }, Uint8Array.from([8, 1]));
    expect(both?.kind).toBeUndefined();
  });

  it('takes no type that comes with Protobuf for a message, and says so where none fits', () => {
    const text = `syntax = "proto3"; import "google/protobuf/timestamp.proto";
      message At { google.protobuf.Timestamp when = 1; }`;
    const part = read({ protoFiles: [{ name: 'at.proto', text }] }, Uint8Array.from([8, 1, 16, 2]));
    expect(part?.kind).toBeUndefined();
    expect(part?.layers[0]?.summary).toBe('2 fields, no type of the .proto files fits alone');
  });

  it('takes the type that the path of a call says, or that the user chose', () => {
    const point = Uint8Array.from([8, 1, 16, 2]);
    expect(read({ url: 'https://host/t.S/Move?x=1' }, point, 'sent')?.kind).toBe('Point');
    const protoTypes = { received: 't.All' };
    expect(read({ protoTypes }, point)?.kind).toBe('All');
    expect(read({ protoTypes, url: 'https://host/t.S/Move' }, point, 'sent')?.kind).toBe('Point');
  });
});

describe('Protobuf without a schema', () => {
  it('gives each reading of a number', () => {
    const bytes = Uint8Array.from([8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);
    expect(readProtobuf(bytes).data).toEqual({
      entries: [
        [
          1,
          {
            tag: 'varint',
            value: {
              entries: [
                ['unsigned', 18446744073709551615n],
                ['signed', -1],
                ['zigzag', -9223372036854775808n],
              ],
            },
          },
        ],
      ],
    });
  });

  it('tells strings from messages and bytes by their looks', () => {
    const bytes = All.encode({
      s: 'good morning',
      y: Uint8Array.of(255, 254),
      inner: { s: 'hello' },
    }).finish();
    const tags = [...fieldsOf(readProtobuf(bytes).data)];
    expect(tags.map(([number, field]) => [number, isTagged(field) ? field.tag : field])).toEqual([
      [14, 'string'],
      [15, 'bytes'],
      [19, 'message'],
    ]);
  });

  it.each([
    [[0x00, 1], 0, 'there is no field number 0'],
    [[0x0b], 0, 'wire type 3 is not in use'],
    [[0x0a, 5, 1], 2, '5 bytes should follow, 1 are there'],
    [[8, ...Array.from({ length: 11 }, () => 0xff)], 1, 'a varint of more than ten bytes'],
  ])('says of %j where it is wrong', (source, offset, reason) => {
    expect(readProtobuf(Uint8Array.from(source)).stop).toEqual({ offset, reason });
  });

  it('looks into nesting only as far as it costs little', () => {
    let bytes = Uint8Array.from([8, 1]);
    for (let i = 0; i < 5000; i += 1) {
      const length = bytes.length;
      const header = length < 128 ? [0x0a, length] : [0x0a, (length & 127) | 128, length >> 7];
      bytes = Uint8Array.from([...header, ...bytes]);
      if (bytes.length > 16_000) break;
    }
    expect(readProtobuf(bytes).stop).toBeUndefined();
  });
});
