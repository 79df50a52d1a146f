import { describe, expect, it } from 'vitest';
import { lookAtProto, parseProto } from '../../../../src/decoders/formats/parse-proto.ts';

const file = (name: string, text: string) => ({ name, text: `syntax = "proto3"; ${text}` });
const money = file('money.proto', 'package common; message Money { int64 units = 1; }');
const order = file(
  'order.proto',
  'package shop; import "common/v1/money.proto"; message Order { common.Money total = 1; Kind kind = 2; } enum Kind { NEW = 0; }',
);

describe('several .proto files', () => {
  it('know each other, in any order, whatever their folders were', () => {
    for (const files of [
      [order, money],
      [money, order],
    ]) {
      const look = lookAtProto(files);
      expect(look).toEqual({ types: ['common.Money', 'shop.Order'], failures: [] });
    }
  });

  it('say which type is missing and where it may be, and the rest is read', () => {
    const { schema, failures } = parseProto([order]);
    expect(failures).toEqual([
      {
        reason:
          '“shop.Order.total” needs common.Money, which none of the files defines; imported and not here: common/v1/money.proto',
      },
    ]);
    expect(schema.messages.get('shop.Order')?.fields.get(2)?.type).toMatchObject({ is: 'enum' });
  });

  it('need no file that holds options alone', () => {
    const service = file(
      's.proto',
      `import "google/api/annotations.proto";
       message A { int32 x = 1; }
       service S { rpc Get(A) returns (A) { option (google.api.http) = { get: "/a" }; } }`,
    );
    const { schema, failures } = parseProto([service]);
    expect(failures).toEqual([]);
    expect(schema.methods.get('/S/Get')).toEqual({ request: 'A', response: 'A' });
  });

  it('may all import what comes with Protobuf, and bring it along', () => {
    const uses = 'import "google/protobuf/timestamp.proto";';
    const files = [
      file('a.proto', `${uses} message A { google.protobuf.Timestamp at = 1; }`),
      file('b.proto', `${uses} message B { google.protobuf.Timestamp at = 1; }`),
      file(
        'timestamp.proto',
        'package google.protobuf; message Timestamp { int64 seconds = 1; int32 nanos = 2; }',
      ),
    ];
    for (const each of [files, files.toReversed()]) {
      expect(lookAtProto(each)).toEqual({ types: ['A', 'B'], failures: [] });
    }
  });

  it('say of a type that is defined twice in which file', () => {
    const again = { ...money, name: 'again.proto' };
    expect(parseProto([money, again]).failures).toEqual([
      { file: 'again.proto', reason: "duplicate name 'Money' in Namespace .common" },
    ]);
  });

  it('take nothing of a file that ends in a mistake', () => {
    const half = file('half.proto', 'message Half { int32 x = 1; }\nmessage Other { int32 }');
    const { schema, failures } = parseProto([half, money]);
    expect([...schema.messages.keys()]).toEqual(['common.Money']);
    expect(failures).toEqual([expect.objectContaining({ file: 'half.proto', line: 2 })]);
  });
});
