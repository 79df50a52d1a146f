import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPainter } from '../../../src/panel/state/painter.ts';

const FRAME = 16;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (hear: (now: number) => void) =>
    setTimeout(() => {
      hear(performance.now());
    }, FRAME),
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('many changes are one paint', () => {
  const paint = vi.fn();
  const { changed } = createPainter(paint);
  for (let change = 0; change < 1_000; change += 1) changed();
  vi.advanceTimersByTime(FRAME);
  expect(paint).toHaveBeenCalledTimes(1);
});

test('after a long paint the main thread rests three times as long', () => {
  const paint = vi.fn(() => vi.advanceTimersByTime(50));
  const { changed } = createPainter(paint);
  changed();
  vi.advanceTimersByTime(FRAME + 1);
  changed();
  vi.advanceTimersByTime(140);
  expect(paint).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10 + FRAME);
  expect(paint).toHaveBeenCalledTimes(2);
});

test.each(['before the change', 'while the frame is on its way'])(
  'a click %s has the next frames for itself, and the paint comes after it',
  (when) => {
    const paint = vi.fn();
    const { changed, giveWay } = createPainter(paint);
    if (when === 'before the change') giveWay();
    changed();
    vi.advanceTimersByTime(1);
    giveWay();
    vi.advanceTimersByTime(99);
    expect(paint).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1 + FRAME);
    expect(paint).toHaveBeenCalledTimes(1);
  },
);
