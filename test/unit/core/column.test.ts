import { describe, expect, it } from 'vitest';
import { createNumberColumn } from '../../../src/core/column.ts';

describe('a number column', () => {
  it('keeps every number while it grows over many chunks', () => {
    const column = createNumberColumn(Uint32Array);
    for (let row = 0; row < 20_000; row += 1) {
      column.push(row * 3);
      expect(column.get(row)).toBe(row * 3);
    }
    expect(column.length).toBe(20_000);
    expect([0, 15, 16, 8191, 8192, 19_999].map(column.get)).toEqual([
      0, 45, 48, 24_573, 24_576, 59_997,
    ]);
  });

  it('changes a number in place', () => {
    const column = createNumberColumn(Float64Array);
    column.push(1);
    column.set(0, 2.5);
    expect(column.get(0)).toBe(2.5);
  });

  it('refuses rows that it does not have', () => {
    const column = createNumberColumn(Uint8Array);
    column.push(1);
    expect(() => column.get(1)).toThrow(RangeError);
    expect(() => column.get(-1)).toThrow(RangeError);
    expect(() => column.set(1, 0)).toThrow(RangeError);
  });
});
