import { describe, expect, it } from 'vitest';
import { layoutOutages } from '../../../src/core/lane-story.ts';
import type { Attempt, Outage } from '../../../src/core/story/outage-types.ts';
import { anOutage } from '../../builders/outage.ts';

const WINDOW = { from: 0, to: 10_000 };

function aTry(createdAt: number, delay: number, openedAt?: number): Attempt {
  return {
    connection: createdAt,
    number: 1,
    createdAt,
    delay,
    ...(openedAt !== undefined && { openedAt }),
  };
}

describe('the outages of a lane', () => {
  const outage = anOutage({
    start: 2_000,
    end: 4_000,
    downtime: 2_000,
    attempts: [aTry(2_500, 500), aTry(3_900, 1_300, 4_000)],
  });

  it('stand where they were, with downtime and verdict', () => {
    const { outages } = layoutOutages([outage], WINDOW, 1_000);
    expect(outages).toEqual([
      {
        x: 200,
        width: 200,
        connection: 1,
        count: 1,
        outcome: 'unknown',
        label: '2 s · losses not known',
      },
    ]);
  });

  it('show each attempt after its wait, with the delay where there is room', () => {
    expect(layoutOutages([outage], WINDOW, 1_000).attempts).toEqual([
      { from: 200, x: 250, isOpened: false, label: '500 ms' },
      { from: 260, x: 390, isOpened: true, label: '1.3 s' },
    ]);
    expect(layoutOutages([outage], WINDOW, 100).attempts.map(({ label }) => label)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('put the try of an EventSource where it asked, though it was made when the one before ended', () => {
    const attempts = [{ ...aTry(2_000, 500), endedAt: 2_600 }, aTry(2_600, 500, 3_200)];
    const { attempts: marks } = layoutOutages([anOutage({ ...outage, attempts })], WINDOW, 1_000);
    expect(marks.map(({ x }) => x)).toEqual([250, 310]);
  });

  it('have no words where the next one begins', () => {
    const next = anOutage({ connection: 7, start: 4_300, end: 4_400, downtime: 100 });
    const { outages } = layoutOutages([outage, next], WINDOW, 300);
    expect(outages.map(({ label }) => label)).toEqual(['2 s', '100 ms · losses not known']);
  });

  it('are drawn in the window only, however many there are, and as one where pixels do not part them', () => {
    const many: Outage[] = Array.from({ length: 20_000 }, (_, index) =>
      anOutage({ connection: index, start: index, end: index + 0.5, downtime: 0.5, attempts: [] }),
    );
    const all = layoutOutages(many, { from: 0, to: 20_000 }, 800).outages;
    expect(all.length).toBeLessThan(300);
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    const some = layoutOutages(many, { from: 5_000, to: 5_010 }, 800).outages;
    expect(some).toHaveLength(11);
    for (const { x, width } of [...all, ...some]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(803);
    }
  });
});
