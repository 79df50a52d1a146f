import { describe, expect, it } from 'vitest';
import { compareSubjects } from '../../../src/core/compare/compare.ts';
import { layoutCosts } from '../../../src/panel/charts/layout-costs.ts';
import { layoutEvents } from '../../../src/panel/charts/layout-events.ts';
import { layoutBars, layoutSpreads } from '../../../src/panel/charts/layout-spreads.ts';
import { aFeedThreeWays } from '../../builders/a-feed.ts';
import { measuredOf, someCost, spreadOf, subjectOf } from '../../builders/measured.ts';

describe('bars of costs', () => {
  it('have their parts one after the other, on one scale from zero', () => {
    const { bars, ticks } = layoutCosts(
      [
        { cost: someCost(100, 20, 80), by: 10 },
        { cost: someCost(100, 0, 300), by: 10 },
      ],
      400,
    );
    expect(bars[0]?.segments.map(({ part, x, width, bytes }) => [part, x, width, bytes])).toEqual([
      ['payload', 0, 100, 10],
      ['framing', 100, 20, 2],
      ['headers', 120, 80, 8],
    ]);
    // What is not there is no sliver of a bar.
    expect(bars[1]?.segments.map(({ part }) => part)).toEqual(['payload', 'headers']);
    expect(bars[1]).toMatchObject({ end: 400, bytes: 40 });
    expect(ticks[0]).toEqual({ place: 0, text: '0 B' });
  });

  it('show the smallest part, and nothing where nobody can say', () => {
    const { bars } = layoutCosts(
      [
        { cost: someCost(100_000, 1, 0), by: 1 },
        { cost: someCost(5, 5, 5), by: 0 },
      ],
      400,
    );
    expect(bars[0]?.segments[1]?.width).toBeGreaterThan(1);
    expect(bars[1]).toBeUndefined();
  });
});

describe('strips of values', () => {
  it('stand on one axis from zero', () => {
    const { strips, isLog } = layoutSpreads(
      [spreadOf(10, 20, 30, 40, 50), undefined, spreadOf(100)],
      100,
    );
    expect(isLog).toBe(false);
    expect(strips[0]).toEqual({ low: 10, p25: 20, p50: 30, p75: 40, p95: 50 });
    expect(strips[1]).toBeUndefined();
    expect(strips[2]?.p50).toBe(100);
  });

  it('go in powers of ten where values lie far apart, unless some are below zero', () => {
    const far = [spreadOf(1, 1, 1), spreadOf(1_000, 1_000, 1_000)];
    const { strips, isLog } = layoutSpreads(far, 100);
    expect(isLog).toBe(true);
    expect(strips[0]?.p50).toBeGreaterThan(5);
    expect(layoutSpreads([...far, spreadOf(-5)], 100).isLog).toBe(false);
  });

  it('and bars begin at zero', () => {
    expect(layoutBars([10, undefined, 0, 20], 100).map(({ width }) => width)).toEqual([
      50, 0, 0, 100,
    ]);
  });
});

describe('events on one clock', () => {
  const feed = aFeedThreeWays();
  const comparison = compareSubjects([1, 2, 3].map((id) => measuredOf(subjectOf(feed, [id]))));
  const layout = layoutEvents(comparison, 1_000);

  it('are drawn lane by lane, with the way of each through all of them', () => {
    expect(layout?.isSharedClock).toBe(true);
    const inSight = layout?.lanes.map(({ marks }) =>
      marks.reduce((sum, { count }) => sum + count, 0),
    );
    expect(inSight?.[0]).toBe(24);
    expect(layout?.threads.length).toBe(24);
    for (const { points } of layout?.threads ?? []) expect(points.split(' ').length).toBe(3);
    // An answer to a poll is one mark of several events.
    const [, , polls] = layout?.lanes ?? [];
    expect(polls?.marks.every(({ count }) => count === 4)).toBe(true);
  });

  it('run from left to right: nobody has an event before it happened', () => {
    for (const { points } of layout?.threads ?? []) {
      const xs = points.split(' ').map((point) => Number(point.split(',')[0]));
      expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    }
  });

  it('are nothing where nobody has any', () => {
    expect(layoutEvents({ subjects: [], rows: [], alignments: [] }, 100)).toBeUndefined();
  });
});
