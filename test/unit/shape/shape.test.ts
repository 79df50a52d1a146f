import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../src/core/decoded/data.ts';
import { dataOfJson } from '../../../src/core/decoded/data-of-json.ts';
import { differenceOf, isEqual } from '../../../src/core/shape/difference.ts';
import { addToShape, createShape } from '../../../src/core/shape/shape.ts';
import { shapeToJsonSchema } from '../../../src/core/shape/to-json-schema.ts';
import { shapeToTypeScript } from '../../../src/core/shape/to-typescript.ts';

const data = (value: unknown): Data => dataOfJson(JSON.stringify(value)) ?? null;

function shapeOf(values: readonly unknown[]) {
  const shape = createShape();
  for (const value of values) addToShape(shape, data(value));
  return shape;
}

describe('JSON as data', () => {
  it('rounds no number', () => {
    expect(dataOfJson('[9007199254740993, 0.1, 1e400, 0.12345678901234567891, 1.50e3]')).toEqual([
      9007199254740993n,
      0.1,
      { tag: 'number', value: '1e400' },
      { tag: 'number', value: '0.12345678901234567891' },
      1500,
    ]);
  });

  it('is undefined for what is no JSON', () => {
    expect(dataOfJson('{"a":')).toBeUndefined();
  });

  it('tells any JSON value apart from any other as JavaScript does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(isEqual(data(value), data(value))).toBe(true);
        expect(differenceOf(data(value), data(value)).state).toBe('same');
      }),
    );
  });
});

describe('the shape of a kind', () => {
  const quotes = [
    { type: 'quote', bid: 1.5, seq: 1, tags: ['a'], at: '2026-01-02T03:04:05Z' },
    { type: 'quote', bid: 2, seq: 2, tags: [], at: '2026-01-02T03:04:06Z', note: null },
    { type: 'trade', bid: 3, seq: 9, tags: ['b'], at: '2026-01-02T03:04:07Z' },
    { type: 'quote', bid: 3, seq: 3, tags: ['b'], at: '2026-01-02T03:04:08Z' },
  ];

  it('becomes a TypeScript type that compiles and accepts what was seen', () => {
    const type = shapeToTypeScript(shapeOf(quotes), 'price update');
    expect(type).toContain('export type PriceUpdate = {');
    expect(type).toContain('type: "quote" | "trade";');
    expect(type).toContain('note?: null;');
    expect(type).toContain('seq: number; // 1 to 9, whole');
    expect(type).toContain('at: string; // date-time');
    const source = `${type}\nconst seen: PriceUpdate[] = ${JSON.stringify(quotes)};`;
    const { diagnostics } = ts.transpileModule(source, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  });

  it('becomes a JSON Schema', () => {
    expect(shapeToJsonSchema(shapeOf(quotes), 'quote')).toMatchObject({
      title: 'quote',
      type: 'object',
      required: ['type', 'bid', 'seq', 'tags', 'at'],
      properties: {
        bid: { type: 'number', minimum: 1.5, maximum: 3 },
        note: { type: 'null' },
        at: { format: 'date-time' },
      },
    });
  });

  it('is a dictionary where keys are data, and stays small', () => {
    const shape = shapeOf(
      Array.from({ length: 1_000 }, (_, index) => ({ [`user-${index}`]: index })),
    );
    expect(shape.objects?.fields.size).toBe(120);
    expect(shape.objects?.rest?.count).toBe(880);
    expect(shapeToTypeScript(shape, 'users')).toContain('[key: string]: unknown;');
  });

  it('takes any data, and its type always parses', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), (values) => {
        const text = shapeToTypeScript(shapeOf(values), 'x');
        expect(ts.transpileModule(text, { reportDiagnostics: true }).diagnostics).toEqual([]);
      }),
    );
  });
});

describe('the difference to the message before', () => {
  it('names what changed, came and went, and keeps the rest', () => {
    const change = differenceOf(
      data({ seq: 1, bid: 2, gone: true, list: [1, 2, 3] }),
      data({ seq: 2, bid: 2, fresh: 'x', list: [1, 9, 2, 3] }),
    );
    expect(change).toEqual({
      state: 'inside',
      isList: false,
      children: [
        { key: 'seq', change: { state: 'changed', before: 1, value: 2 } },
        { key: 'bid', change: { state: 'same', value: 2 } },
        { key: 'fresh', change: { state: 'added', value: 'x' } },
        {
          key: 'list',
          change: {
            state: 'inside',
            isList: true,
            children: [
              { key: 0, change: { state: 'same', value: 1 } },
              { key: 1, change: { state: 'added', value: 9 } },
              { key: 2, change: { state: 'same', value: 2 } },
              { key: 3, change: { state: 'same', value: 3 } },
            ],
          },
        },
        { key: 'gone', change: { state: 'removed', before: true } },
      ],
    });
  });

  it('leads from one value to the other, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const change = differenceOf(data(before), data(after));
        expect(change.state === 'same').toBe(isEqual(data(before), data(after)));
      }),
    );
  });
});
