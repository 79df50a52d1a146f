import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRelayEnvelope } from '../../../src/bridge/guards.ts';
import { COLUMNS, type PackedRecords } from '../../../src/bridge/packed-records.ts';
import type { TapFact } from '../../../src/bridge/tap-record.ts';
import { DATA_TYPES, type MessageFact, PAYLOAD_STATES } from '../../../src/core/facts.ts';
import { pack } from '../../../src/page/pack.ts';
import { aBatch, textMessage } from '../../builders/tap.ts';

const overWire = (packed: PackedRecords) => readRelayEnvelope(structuredClone(packed));
const batchOf = (...facts: TapFact[]) =>
  aBatch({ records: facts.map((fact, index) => ({ n: index + 1, fact })) });

const text = fc.string({ unit: 'binary', maxLength: 20 });
const optional = <Value>(key: string, value: fc.Arbitrary<Value>) =>
  fc.option(
    value.map((some) => ({ [key]: some })),
    { nil: {} },
  );
const message: fc.Arbitrary<TapFact> = fc
  .tuple(
    fc.record({
      kind: fc.constant('message' as const),
      connection: fc.integer({ min: 1, max: 2 ** 40 }),
      at: fc.double({ min: 0, max: 1e9, noNaN: true }),
      direction: fc.constantFrom('sent' as const, 'received' as const),
      dataType: fc.constantFrom(...DATA_TYPES),
      byteLength: fc.nat(),
      payload: fc.oneof(text, fc.constant(null), fc.uint8Array({ maxLength: 4 })),
      payloadState: fc.constantFrom(...PAYLOAD_STATES),
    }),
    optional('eventType', text),
    optional('lastEventId', text),
    optional('discarded', fc.constant(true)),
  )
  .map((parts) => Object.assign({}, ...parts) as MessageFact);
const other = fc.constant<TapFact>({ kind: 'connection-errored', connection: 1, at: 1 });

describe('a packed batch', () => {
  it('holds every record as it was, in its place', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: message }, other)), (facts) => {
        expect(overWire(pack(batchOf(...facts)))).toEqual(batchOf(...facts));
      }),
    );
  });

  it('has no object for a message without bytes', () => {
    const { records, numbers } = pack(batchOf(textMessage('a'), textMessage('b')));
    expect(records).toEqual([]);
    expect(numbers).toHaveLength(2 * COLUMNS);
  });
});

describe('columns that no tap could have packed', () => {
  const PAYLOAD = 5;
  const packed = pack(batchOf(textMessage('abc', { eventType: 'tick' }), textMessage('de')));
  const withNumber = (index: number, value: number) => {
    const numbers = packed.numbers.slice();
    numbers[index] = value;
    return overWire({ ...packed, numbers });
  };

  it('are refused where a length is none, or all do not make up the text', () => {
    expect(overWire(packed)).toBeDefined();
    for (const length of [0, 1, 4, 1e9, -2, 2.5, NaN, Infinity, -Infinity]) {
      expect(withNumber(PAYLOAD, length), String(length)).toBeUndefined();
      expect(withNumber(PAYLOAD + COLUMNS, length), String(length)).toBeUndefined();
    }
    expect(overWire({ ...packed, text: `${packed.text}x` })).toBeUndefined();
  });

  it('are refused where two lengths are wrong and their sum is right', () => {
    const numbers = packed.numbers.slice();
    numbers[PAYLOAD] = 12;
    numbers[PAYLOAD + COLUMNS] = -7;
    expect(overWire({ ...packed, numbers })).toBeUndefined();
  });

  it('are refused where a word, number, time, connection or byte length is none', () => {
    const never = { 0: [0, -1, 1.5, NaN], 1: [NaN, Infinity], 2: [0, 0.5, NaN], 3: [-1, NaN, 0.1] };
    for (const [column, values] of Object.entries(never)) {
      for (const value of values) {
        expect(withNumber(Number(column), value), `${column}: ${value}`).toBeUndefined();
      }
    }
    for (const word of [-1, 0.5, 80, 128, 2 ** 32, NaN]) {
      expect(withNumber(4, word), String(word)).toBeUndefined();
    }
  });

  it('are refused in any other form', () => {
    const broken: object[] = [
      { numbers: packed.numbers.slice(1) },
      { numbers: [...packed.numbers] },
      { numbers: new Float32Array(packed.numbers) },
      { numbers: new DataView(packed.numbers.buffer) },
      { numbers: { length: 0, [Symbol.toStringTag]: 'Float64Array' } },
      { text: undefined },
      { records: {} },
      { records: undefined },
    ];
    for (const part of broken) {
      expect(readRelayEnvelope({ ...packed, ...part }), JSON.stringify(part)).toBeUndefined();
    }
    const { text: packedText, records } = packed;
    expect(readRelayEnvelope({ ...aBatch({ records }), text: packedText })).toBeUndefined();
    expect(readRelayEnvelope({ ...packed, more: 1 })).toBeUndefined();
  });
});
