import { describe, expect, it } from 'vitest';
import { cliffsDelta, effectWord } from '../../../src/core/compare/effect-size.ts';
import { drawBeta, drawGamma, drawNormal } from '../../../src/core/compare/random-variates.ts';
import {
  resampleMean,
  resampleQuantile,
  resampleRate,
} from '../../../src/core/compare/uncertainty.ts';
import { createRandom } from '../../../src/core/drill/random.ts';

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const many = (draw: () => number, count = 20_000) => Array.from({ length: count }, draw);

/** The middle 95 of 100 of many draws. */
function middle(draw: () => number): [number, number] {
  const sorted = many(draw, 2_000).toSorted((a, b) => a - b);
  return [sorted[50] ?? 0, sorted[1949] ?? 0];
}

describe('random numbers', () => {
  it('have the means and variances of their distributions', () => {
    const random = createRandom(1);
    const normal = many(() => drawNormal(random));
    expect(meanOf(normal)).toBeCloseTo(0, 1);
    expect(meanOf(normal.map((value) => value * value))).toBeCloseTo(1, 1);
    for (const shape of [0.5, 1, 7.5, 400]) {
      const gamma = many(() => drawGamma(shape, random));
      expect(meanOf(gamma) / shape).toBeCloseTo(1, 1);
      expect(meanOf(gamma.map((value) => (value - shape) ** 2)) / shape).toBeGreaterThan(0.93);
      expect(meanOf(gamma.map((value) => (value - shape) ** 2)) / shape).toBeLessThan(1.07);
    }
    const beta = many(() => drawBeta(2, 6, random));
    expect(meanOf(beta)).toBeCloseTo(0.25, 2);
  });
});

describe('the interval of a median', () => {
  it('holds the true median in about 95 of 100 samples', () => {
    const random = createRandom(7);
    let held = 0;
    for (let sample = 0; sample < 300; sample += 1) {
      // Skewed, as delays are: the true median of exp(normal) is 1.
      const sorted = Float64Array.from(many(() => Math.exp(drawNormal(random)), 40)).sort();
      const resample = resampleQuantile(sorted, 0.5);
      const [low, high] = middle(() => resample?.(random) ?? 0);
      if (low <= 1 && high >= 1) held += 1;
    }
    expect(held / 300).toBeGreaterThan(0.9);
    expect(held / 300).toBeLessThan(0.99);
  });

  it('is nothing of fewer values than can tell, nor beyond the last of them', () => {
    const values = (count: number) => Float64Array.from({ length: count }, (_, index) => index);
    expect(resampleQuantile(values(5), 0.5)).toBeUndefined();
    expect(resampleQuantile(values(6), 0.5)).toBeDefined();
    expect(resampleQuantile(values(19), 0.95)).toBeUndefined();
    expect(resampleQuantile(values(20), 0.95)).toBeDefined();
  });

  it('draws the values that are there and no others', () => {
    const random = createRandom(3);
    const sorted = Float64Array.of(1, 2, 3, 50, 60, 70);
    const resample = resampleQuantile(sorted, 0.5);
    const drawn = new Set(many(() => resample?.(random) ?? 0, 3_000));
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([...sorted]);
  });
});

describe('the interval of a mean', () => {
  it('is narrow where all stretches are alike, wide where one has it all', () => {
    const random = createRandom(5);
    const block = (bytes: number) => ({ messages: 2, bytes, requests: 0, events: 2 });
    const alike = resampleMean(
      Array.from({ length: 20 }, () => block(100)),
      (b) => b.bytes,
      0,
    );
    expect(middle(() => alike?.(random) ?? 0)).toEqual([50, 50]);
    const uneven = resampleMean(
      Array.from({ length: 20 }, (_, index) => block(index === 0 ? 2_000 : 0)),
      (b) => b.bytes,
      0,
    );
    const [low, high] = middle(() => uneven?.(random) ?? 0);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(100);
  });

  it('shares what was paid once out to all events', () => {
    const random = createRandom(5);
    const blocks = Array.from({ length: 10 }, () => ({
      messages: 3,
      bytes: 30,
      requests: 0,
      events: 3,
    }));
    const resample = resampleMean(blocks, ({ bytes }) => bytes, 600);
    expect(resample?.(random)).toBeCloseTo(10 + 20, 6);
  });

  it('is nothing of too little', () => {
    const few = Array.from({ length: 5 }, () => ({
      messages: 9,
      bytes: 9,
      requests: 0,
      events: 9,
    }));
    expect(resampleMean(few, ({ bytes }) => bytes, 0)).toBeUndefined();
  });
});

it('the interval of a rate holds the true rate', () => {
  const random = createRandom(11);
  const resample = resampleRate(100, 50_000, 1_000);
  const [low, high] = middle(() => resample(random));
  // Poisson: 100 ± 1.96 × 10.
  expect(low).toBeGreaterThan(1.55);
  expect(low).toBeLessThan(1.72);
  expect(high).toBeGreaterThan(2.3);
  expect(high).toBeLessThan(2.52);
});

describe('Cliff’s delta', () => {
  it('is what comparing every value with every other one gives', () => {
    const random = createRandom(2);
    for (let round = 0; round < 50; round += 1) {
      const some = () =>
        Float64Array.from(
          many(() => Math.floor(random() * 8), 1 + Math.floor(random() * 12)),
        ).sort();
      const [values, base] = [some(), some()];
      let naive = 0;
      for (const a of values) for (const b of base) naive += Math.sign(a - b);
      expect(cliffsDelta(values, base)).toBeCloseTo(naive / (values.length * base.length), 9);
    }
  });

  it('has its usual words', () => {
    expect([0, -0.1, 0.2, -0.4, 0.5].map(effectWord)).toEqual([
      'negligible',
      'negligible',
      'small',
      'medium',
      'large',
    ]);
  });
});
