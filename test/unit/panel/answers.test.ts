import { describe, expect, it } from 'vitest';
import type { Assembly, Piece } from '../../../src/core/decoded/assembly.ts';
import { computePace } from '../../../src/core/decoded/pace.ts';
import { answerFacts } from '../../../src/panel/views/answers/answer-facts.ts';
import { layoutPace } from '../../../src/panel/views/answers/layout-pace.ts';

function answer(times: readonly number[], more: Partial<Assembly> = {}): Assembly {
  const pieces = times.map((at, row): Piece => ({ row, at, into: 'text', from: row, length: 1 }));
  const usage = more.usage ?? {};
  return {
    text: '',
    thinking: '',
    toolCalls: [],
    usage,
    isDone: true,
    pieces,
    pace: computePace(pieces, usage, 0),
    ...more,
  };
}

const factsOf = (assembly: Assembly) =>
  Object.fromEntries(answerFacts(assembly).map(({ name, value }) => [name, value]));

describe('the numbers of an answer', () => {
  it('are the provider’s where it counts, and an estimate that says so where it does not', () => {
    expect(factsOf(answer([100, 200, 300], { usage: { output: 30 } }))).toMatchObject({
      Speed: '100 tokens/s',
      Output: '30 tokens',
      'First token': '100 ms',
    });
    const estimated = factsOf(answer([100, 200, 300]));
    expect(estimated['Speed']).toBe('≈ 10 tokens/s');
    expect(estimated).not.toHaveProperty('Output');
  });

  it('name the longest stall', () => {
    expect(factsOf(answer([10, 20, 30, 40, 5_040]))).toMatchObject({ Stalls: '1, longest 5 s' });
  });
});

describe('the strip of an answer', () => {
  it('begins at the request, grows to the top, and shows the wait and the stalls', () => {
    const layout = layoutPace(answer([100, 110, 120, 5_000]), 500, 40);
    expect(layout?.wait).toEqual({ x: 0, width: 10 });
    expect(layout?.stalls).toHaveLength(1);
    expect(layout?.path).toBe('M0,40H10.0V30.0H11.0V20.0H12.0V10.0H500.0V0.0');
  });

  it('has few corners however long the answer is, and is none without time', () => {
    const long = answer(Array.from({ length: 100_000 }, (_, index) => index));
    expect(layoutPace(long, 500, 40)?.path.match(/H/gu)?.length).toBeLessThanOrEqual(401);
    expect(layoutPace(answer([]), 500, 40)).toBeUndefined();
  });
});
