import { describe, expect, it } from 'vitest';
import { dataOfJson } from '../../../src/core/decoded/data-of-json.ts';
import {
  presenceWords,
  type ShapeLine,
  shapeLines,
  typesOf,
} from '../../../src/core/shape/describe-shape.ts';
import { addToShape, createShape } from '../../../src/core/shape/shape.ts';

function shapeOf(...values: readonly unknown[]) {
  const shape = createShape();
  for (const value of values) addToShape(shape, dataOfJson(JSON.stringify(value)) ?? null);
  return shape;
}

const told = ({ name, types, share, notes }: ShapeLine) =>
  [name, types, presenceWords(share), ...notes].filter((word) => word !== '').join(' · ');
const linesOf = (...values: readonly unknown[]) => shapeLines(shapeOf(...values)).map(told);

describe('a shape in words', () => {
  it('says types, bounds, and how often a field is there', () => {
    expect(
      linesOf(
        { seq: 1, price: 1.5, note: 'first of them' },
        { seq: 2, price: 2, note: null },
        { seq: 90, price: 2 },
      ),
    ).toEqual([
      'seq · number · 1 to 90, whole',
      'price · number · 1.5 to 2',
      'note · text or null · in 66 % · 13 characters',
    ]);
  });

  it('names enumerations, formats and what never changes', () => {
    const sides = ['buy', 'sell', 'buy', 'sell', 'buy'];
    expect(
      linesOf(
        ...sides.map((side, day) => ({
          side,
          version: 2,
          kind: 'order',
          at: `2026-11-0${day + 1}T10:00:00Z`,
        })),
      ),
    ).toEqual([
      'side · text · one of “buy”, “sell”',
      'version · number · always 2',
      'kind · text · always “order”',
      'at · text · date-time · 20 characters',
    ]);
  });

  it('goes into the objects of a list, and says what else a list holds', () => {
    const [rows, mixed, none] = shapeLines(
      shapeOf({ rows: [{ id: 1 }, { id: 2, tag: 'a' }], mixed: [1, 'x'], none: [] }),
    );
    expect(rows && told(rows)).toBe('rows · list of objects · 2 items');
    expect(rows && shapeLines(rows.shape).map(told)).toEqual([
      'id · number · 1 to 2, whole',
      'tag · text · in 50 % · 1 character',
    ]);
    expect(mixed && told(mixed)).toBe('mixed · list of texts or numbers · 2 items');
    expect(none && [told(none), shapeLines(none.shape)]).toEqual([
      'none · empty list · 0 items',
      [],
    ]);
  });

  it('never rounds up to always', () => {
    expect([1, 0.999, 0.5, 0.001].map(presenceWords)).toEqual([
      '',
      'in 99 %',
      'in 50 %',
      'in under 1 %',
    ]);
  });

  it('of nothing has nothing to say', () => {
    expect(shapeLines(createShape())).toEqual([]);
    expect(typesOf(createShape())).toBe('');
  });
});
