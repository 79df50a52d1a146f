import { describe, expect, it } from 'vitest';
import {
  formatAt,
  formatBytes,
  formatCount,
  formatCountOf,
  formatSpan,
  formatTick,
} from '../../../src/core/format.ts';

describe('what people read', () => {
  it('counts with groups and the right noun', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect([0, 1, 2].map((count) => formatCountOf(count, 'message'))).toEqual([
      '0 messages',
      '1 message',
      '2 messages',
    ]);
  });

  it('tells bytes in decimal units', () => {
    expect([0, 999, 1_000, 1_250, 999_900, 1_000_000, 2.5e9].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '1.3 kB',
      '999.9 kB',
      '1 MB',
      '2,500 MB',
    ]);
  });

  it('tells a moment of the session to the millisecond', () => {
    expect([0, 12_031.4, 60_000, 125_031, 3_600_000, 3_725_031].map(formatAt)).toEqual([
      '0.000',
      '12.031',
      '1:00.000',
      '2:05.031',
      '1:00:00.000',
      '1:02:05.031',
    ]);
    expect(formatAt(-1_500)).toBe('−1.500');
    expect(formatAt(-125_031)).toBe('−2:05.031');
  });

  it('tells a span in the unit that suits it', () => {
    expect([0, 1.26, 8, 99.6, 1_240, 59_900, 90_000, 5_400_000].map(formatSpan)).toEqual([
      '0 ms',
      '1.3 ms',
      '8 ms',
      '100 ms',
      '1.2 s',
      '59.9 s',
      '1.5 min',
      '1.5 h',
    ]);
  });

  it('marks an axis in the unit of its steps', () => {
    expect([0, 500, 1_500].map((at) => formatTick(at, 500))).toEqual(['0', '500 ms', '1.5 s']);
    expect([0, 2_000].map((at) => formatTick(at, 1_000))).toEqual(['0 s', '2 s']);
    expect(formatTick(120_000, 60_000)).toBe('2 min');
    expect(formatTick(1_000.125, 0.125)).toBe('1 s');
    expect(formatTick(-0.5, 0.5)).toBe('-0.5 ms');
  });

  it('never tells sixty seconds, or a thousand of a unit', () => {
    expect(formatAt(59_999.6)).toBe('1:00.000');
    expect(formatAt(119_999.9)).toBe('2:00.000');
    expect(formatBytes(999_960)).toBe('1 MB');
    expect([9.96, 999.7, 59_960, 3_599_000].map(formatSpan)).toEqual([
      '10 ms',
      '1 s',
      '1 min',
      '1 h',
    ]);
  });
});
