import type { Data } from '../../core/decoded/data.ts';
import { exactInteger, textOrBytes } from './exact.ts';
import {
  FIXED32,
  FIXED64,
  float32Of,
  float64Of,
  LENGTH_DELIMITED,
  VARINT,
  type WireField,
  type WireType,
  zigzagOf,
} from './protobuf-wire.ts';

interface Scalar {
  readonly wire: WireType;
  readonly read: (field: Pick<WireField, 'bits' | 'bytes'>) => Data;
}

/** The scalar types of proto2 and proto3, and what their bits mean. */
export const SCALARS = {
  double: { wire: FIXED64, read: ({ bits }) => float64Of(bits) },
  float: { wire: FIXED32, read: ({ bits }) => float32Of(bits) },
  int32: { wire: VARINT, read: ({ bits }) => Number(BigInt.asIntN(32, bits)) },
  int64: { wire: VARINT, read: ({ bits }) => exactInteger(BigInt.asIntN(64, bits)) },
  uint32: { wire: VARINT, read: ({ bits }) => Number(BigInt.asUintN(32, bits)) },
  uint64: { wire: VARINT, read: ({ bits }) => exactInteger(bits) },
  sint32: { wire: VARINT, read: ({ bits }) => Number(zigzagOf(BigInt.asUintN(32, bits))) },
  sint64: { wire: VARINT, read: ({ bits }) => exactInteger(zigzagOf(bits)) },
  fixed32: { wire: FIXED32, read: ({ bits }) => Number(bits) },
  fixed64: { wire: FIXED64, read: ({ bits }) => exactInteger(bits) },
  sfixed32: { wire: FIXED32, read: ({ bits }) => Number(BigInt.asIntN(32, bits)) },
  sfixed64: { wire: FIXED64, read: ({ bits }) => exactInteger(BigInt.asIntN(64, bits)) },
  bool: { wire: VARINT, read: ({ bits }) => bits !== 0n },
  string: { wire: LENGTH_DELIMITED, read: ({ bytes }) => textOrBytes(bytes) },
  bytes: { wire: LENGTH_DELIMITED, read: ({ bytes }) => bytes.slice() },
} as const satisfies Record<string, Scalar>;

export type ScalarType = keyof typeof SCALARS;

export const scalarTypeOf = (name: string): ScalarType | undefined =>
  Object.hasOwn(SCALARS, name) ? (name as ScalarType) : undefined;
