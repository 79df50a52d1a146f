import type { EpochMilliseconds } from '../../core/units.ts';

/**
 * What is used of the OpenTelemetry protocol 1.x in JSON: names in lower camel case, 64-bit numbers as text, ids in
 * hexadecimal, enumerations as numbers.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export interface OtlpAttribute {
  readonly key: string;
  readonly value:
    | { readonly stringValue: string }
    | { readonly intValue: string }
    | { readonly doubleValue: number }
    | { readonly boolValue: boolean };
}

export interface OtlpEvent {
  readonly timeUnixNano: string;
  readonly name: string;
  readonly attributes?: readonly OtlpAttribute[];
}

/** `SPAN_KIND_INTERNAL` and `SPAN_KIND_CLIENT`. */
export const SPAN_KIND = { internal: 1, client: 3 } as const;
/** `STATUS_CODE_ERROR`. */
export const STATUS_ERROR = 2;
/** `AGGREGATION_TEMPORALITY_DELTA`: each point counts its own stretch of time. */
export const DELTA = 1;

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: (typeof SPAN_KIND)[keyof typeof SPAN_KIND];
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events?: readonly OtlpEvent[];
  readonly droppedEventsCount?: number;
  readonly status?: { readonly code: typeof STATUS_ERROR; readonly message: string };
}

export interface OtlpNumberPoint {
  readonly attributes: readonly OtlpAttribute[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asInt: string;
}

export type Plain = string | number | boolean | undefined;

/** Attributes as the protocol has them; what is not known is left out. */
export function attributesOf(values: Readonly<Record<string, Plain>>): OtlpAttribute[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: valueOf(value) }],
  );
}

function valueOf(value: string | number | boolean): OtlpAttribute['value'] {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: `${value}` } : { doubleValue: value };
}

/** Nanoseconds since 1970, as text: too many for a number. */
export function toNano(time: EpochMilliseconds): string {
  const whole = Math.floor(time);
  const nanos = Math.round((time - whole) * 1_000_000);
  return (BigInt(whole) * 1_000_000n + BigInt(nanos)).toString();
}

/**
 * An id that the same session has each time it is written: FNV-1a of its text, 64 bits at a time. It need not be secret,
 * and all zeros, which the protocol forbids, come of no text.
 * @param bytes a multiple of 8
 */
export function idOf(text: string, bytes: 8 | 16): string {
  let id = '';
  for (let part = 0; part < bytes / 8; part += 1) {
    let hash = 0xcbf29ce484222325n;
    for (const unit of `${part} ${text}`) {
      hash ^= BigInt(unit.codePointAt(0) ?? 0);
      hash = BigInt.asUintN(64, hash * 0x100000001b3n);
    }
    id += hash.toString(16).padStart(16, '0');
  }
  return id;
}
