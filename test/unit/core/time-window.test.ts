import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, fitWindow, panWindow, zoomWindow } from '../../../src/core/time-window.ts';

const time = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const span = fc.double({ min: 1, max: 1e9, noNaN: true });
const timeWindow = fc
  .record({ from: time, span })
  .map(({ from, span: s }) => ({ from, to: from + s }));

describe('the window that fits a session', () => {
  it('holds all of it, and not much more', () => {
    fc.assert(
      fc.property(time, fc.double({ min: 0, max: 1e9, noNaN: true }), (first, length) => {
        const last = first + length;
        const { from, to } = fitWindow(first, last);
        expect(from).toBeLessThanOrEqual(Math.min(0, first));
        expect(to).toBeGreaterThanOrEqual(last);
        const needed = Math.max(10_000, last - from);
        expect(to - from).toBeLessThanOrEqual(needed * 1.02 * 1.51);
      }),
    );
  });

  it('does not creep: while a session grows it changes a few times, and only outwards', () => {
    const windows = Array.from({ length: 60_000 }, (_, seconds) => fitWindow(0, seconds * 100));
    const ends = [...new Set(windows.map(({ to }) => to))];
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ends.length).toBeLessThan(30);
    expect(ends[0]).toBe(10_000);
  });
});

describe('a window that is zoomed', () => {
  it('keeps the time under the pointer in its place', () => {
    fc.assert(
      fc.property(
        timeWindow,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (before, share, factor) => {
          const around = before.from + share * (before.to - before.from);
          const after = zoomWindow(before, around, factor);
          const width = after.to - after.from;
          expect((around - after.from) / width).toBeCloseTo(share, 3);
          expect(width).toBeCloseTo(Math.max(1, (before.to - before.from) / factor), 3);
        },
      ),
    );
  });

  it('is never narrower than a millisecond', () => {
    let zoomed = { from: 0, to: 100 };
    for (let i = 0; i < 50; i += 1) zoomed = zoomWindow(zoomed, 40, 2);
    expect(zoomed.to - zoomed.from).toBeCloseTo(1);
    expect(zoomed.from).toBeLessThanOrEqual(40);
    expect(zoomed.to).toBeGreaterThanOrEqual(40);
  });

  it('is as it was after it is zoomed in and out', () => {
    const { from, to } = zoomWindow(zoomWindow({ from: 10, to: 110 }, 35, 4), 35, 1 / 4);
    expect([from, to]).toEqual([10, 110]);
  });
});

describe('a window that is moved', () => {
  it('keeps its width', () => {
    expect(panWindow({ from: 10, to: 30 }, -15)).toEqual({ from: -5, to: 15 });
  });
});

describe('the marks of an axis', () => {
  it('stand at parts of minutes and hours where the window is long', () => {
    const stepOf = (to: number) => {
      const [first = 0, second = 0] = axisTicks({ from: 0, to }, 5);
      return (second - first) / 1_000;
    };
    expect([9_000, 70_000, 250_000, 4_000_000, 15_000_000].map(stepOf)).toEqual([
      2, 20, 60, 1_200, 3_600,
    ]);
  });

  it('are round, in order, inside and not too many', () => {
    fc.assert(
      fc.property(timeWindow, fc.integer({ min: 1, max: 30 }), (shown, most) => {
        const ticks = axisTicks(shown, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        for (const [index, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(shown.from - 1e-6);
          expect(tick).toBeLessThanOrEqual(shown.to + 1e-6);
          if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1] ?? Infinity);
        }
      }),
    );
  });

  it('stand at round times', () => {
    expect(axisTicks({ from: 0, to: 10_000 }, 5)).toEqual([0, 2_000, 4_000, 6_000, 8_000, 10_000]);
    expect(axisTicks({ from: -3, to: 12 }, 4)).toEqual([0, 5, 10]);
    expect(axisTicks({ from: 0.05, to: 0.25 }, 2).map((tick) => tick.toFixed(6))).toEqual([
      '0.100000',
      '0.200000',
    ]);
  });

  it('come to an end at absurd times', () => {
    expect(axisTicks({ from: 2e17, to: 2e17 + 64 }, 500).length).toBeLessThanOrEqual(501);
    expect(axisTicks({ from: 5, to: 5 }, 4).length).toBeLessThanOrEqual(5);
  });
});
