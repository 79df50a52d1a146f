import { describe, expect, it } from 'vitest';
import { kindNews } from '../../../src/core/kinds/kind-news.ts';

const life = { from: 1_000, to: 101_000 };
const even = { firstAt: 2_000, lastAt: 100_000, messages: 99, longestPause: 1_200 };

describe('a kind', () => {
  it('that was there from the beginning and still comes is no news', () => {
    expect(kindNews(even, life)).toBeUndefined();
  });

  it('is new when it came up late, for a fifth of the channel’s life', () => {
    const late = { ...even, firstAt: 85_000 };
    expect(kindNews(late, life)).toBe('new');
    expect(kindNews({ ...late, firstAt: 80_999 }, life)).toBeUndefined();
  });

  it('is new for ten seconds in a young channel, once that is ten seconds old', () => {
    const young = { from: 0, to: 19_000 };
    const once = { firstAt: 9_999, lastAt: 9_999, messages: 1, longestPause: 0 };
    expect(kindNews(once, young)).toBeUndefined();
    expect(kindNews({ ...once, firstAt: 10_000 }, young)).toBe('new');
    expect(kindNews({ ...once, firstAt: 10_000 }, { from: 0, to: 21_000 })).toBeUndefined();
  });

  it('has vanished when its silence is out of its own rhythm', () => {
    expect(kindNews({ ...even, lastAt: 90_000 }, life)).toBe('vanished');
    expect(kindNews({ ...even, lastAt: 92_000 }, life)).toBeUndefined();
    expect(kindNews({ ...even, lastAt: 60_000, longestPause: 14_000 }, life)).toBeUndefined();
    expect(kindNews({ ...even, lastAt: 58_000, longestPause: 14_000 }, life)).toBe('vanished');
  });

  it('that came only a few times has no rhythm to miss', () => {
    const few = { firstAt: 2_000, lastAt: 6_000, messages: 4, longestPause: 2_000 };
    expect(kindNews(few, life)).toBeUndefined();
    expect(kindNews({ ...few, messages: 5 }, life)).toBe('vanished');
  });
});
