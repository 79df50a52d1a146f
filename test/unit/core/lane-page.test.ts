import { describe, expect, it } from 'vitest';
import { layoutPage } from '../../../src/core/lane-page.ts';
import type { Frame } from '../../../src/core/session.ts';

function aFrame(told: Partial<Frame> = {}): Frame {
  const url = 'https://shop.test/';
  const nothing = { failures: [], replaced: [], noted: [], hidden: [], offline: [] };
  return { id: 1, url, kind: 'top', createdAt: 0, ...nothing, ...told };
}

const WINDOW = { from: 0, to: 1_000 };

describe('what a lane shows of its page', () => {
  it('is when it was hidden and offline, up to now where it still is', () => {
    const frame = aFrame({ hidden: [{ from: 100, to: 300 }], offline: [{ from: 800 }] });
    expect(layoutPage(frame, [frame], WINDOW, 100, 900)).toEqual({
      shades: [
        { kind: 'hidden', x: 10, width: 20 },
        { kind: 'offline', x: 80, width: 10 },
      ],
      navigations: [],
    });
  });

  it('is each navigation in the window, and the first document is none', () => {
    const tops = [0, 250, 5_000].map((createdAt, id) => aFrame({ id, createdAt }));
    expect(layoutPage(tops[0], tops, WINDOW, 100, 900).navigations).toEqual([25]);
  });

  it('is no more than the pixels show', () => {
    const hidden = Array.from({ length: 10_000 }, (_, index) => ({
      from: index / 10,
      to: index / 10 + 0.05,
    }));
    const { shades } = layoutPage(aFrame({ hidden }), [], WINDOW, 100, 900);
    expect(shades.length).toBeLessThanOrEqual(100);
  });
});
