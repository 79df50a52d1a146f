import { describe, expect, it } from 'vitest';
import { chooseDecoders } from '../../../../src/decoders/choose.ts';

const carrier = { transport: 'websocket', url: 'ws://host/live' } as const;
const stackOf = async (values: readonly (object | string)[]) => {
  const messages = values.map((value) => ({
    direction: 'received' as const,
    payload: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  return (await chooseDecoders(carrier, messages))?.stack;
};

describe('what only looks like a stream of a language model', () => {
  it.each<[string, (object | string)[]]>([
    [
      'a chat',
      ['hi', 'how are you?', 'fine', 'and you?', 'well'].map((text) => ({ from: 'ann', text })),
    ],
    ['prices', [1, 2, 3, 4, 5].map((price) => ({ symbol: 'A', price, delta: -0.5 }))],
    [
      'types that others use too',
      [{ type: 'start' }, { type: 'finish' }, { type: 'ping' }, { type: 'error' }],
    ],
    ['an app with events of a response', [{ type: 'response.ok' }, { type: 'response.late' }]],
    ['pings alone', [{ type: 'ping' }, { type: 'ping' }]],
    ['files of lines', ['a: b', 'c: d']],
    ['candidates of an election', [{ candidates: ['a', 'b'] }, { candidates: [] }]],
  ])('stays what it is: %s', async (_name, values) => {
    const [stack] = (await stackOf(values)) ?? [];
    expect(['json', 'text']).toContain(stack);
  });

  it('is one where pieces of a text come, also in an app of its own', async () => {
    const pieces = ['Once', ' upon', ' a', ' time', ',', ' there'].map((chunk) => ({
      id: 1,
      chunk,
    }));
    expect(await stackOf(pieces)).toEqual(['token-stream']);
  });
});
