import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assembly } from '../../../../src/core/decoded/assembly.ts';
import { assemblerOf } from '../../../../src/decoders/assembler-of.ts';
import type { Carrier } from '../../../../src/decoders/decoder.ts';
import type { TimedMessage } from '../../../../src/decoders/llm/assembler.ts';
import { FIXTURE_NAMES, readFixture, wireMessageOf } from '../../../protocols/fixture.ts';

const RECORDED = FIXTURE_NAMES.map((name) => ({ name, ...readFixture(name) })).filter(
  ({ assembled }) => assembled !== undefined,
);
const carrier: Carrier = { transport: 'fetch-stream', url: 'http://host/v1/chat/completions' };

/** A message each 20 ms, the request at 100. */
const timed = (messages: readonly Omit<TimedMessage, 'row' | 'at'>[]): TimedMessage[] =>
  messages.map((message, row) => ({ ...message, row, at: 100 + 20 * row }));

async function assemble(
  stack: Parameters<typeof assemblerOf>[0],
  messages: readonly TimedMessage[],
): Promise<Assembly[]> {
  const start = await assemblerOf(stack);
  const assembler = start?.(carrier);
  for (const message of messages) assembler?.take(message);
  return assembler?.assemblies() ?? [];
}

const received = (payload: object | string) =>
  ({
    direction: 'received',
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  }) as const;
const chunk = (choices: object[], more: object = {}) =>
  received({ id: 'c1', object: 'chat.completion.chunk', model: 'm', choices, ...more });
const says = (content: string, index = 0) => chunk([{ index, delta: { content } }]);

describe('an answer that is put together', () => {
  it('has a recording of each protocol', () => {
    const ids = new Set(RECORDED.map(({ stack }) => stack.at(-1)));
    expect([...ids].sort()).toEqual(['ai-sdk', 'anthropic', 'gemini', 'openai', 'token-stream']);
  });

  it.each(RECORDED)('of $name is what its client library makes of it', async (fixture) => {
    const { stack, messages, assembled } = fixture;
    const [answer, ...more] = await assemble(stack, timed(messages.map(wireMessageOf)));
    expect(more).toEqual([]);
    const calls = answer?.toolCalls.map((call) => ({
      ...call,
      arguments: JSON.parse(call.arguments) as unknown,
    }));
    const wanted = assembled?.toolCalls.map((call) => ({
      ...call,
      arguments: JSON.parse(call.arguments ?? '') as unknown,
    }));
    expect(calls).toEqual(wanted);
    expect(answer?.text).toBe(assembled?.text);
    expect(answer?.thinking).toBe(assembled?.thinking ?? '');
    expect(answer?.usage).toEqual(
      Object.fromEntries(
        Object.entries(assembled?.usage ?? {}).filter(([, count]) => count !== undefined),
      ),
    );
    expect(answer?.stopReason).toBe(assembled?.stopReason ?? undefined);
    if (assembled?.id !== undefined) expect(answer?.id).toBe(assembled.id);
    if (assembled?.model !== undefined) expect(answer?.model).toBe(assembled.model);
  });

  it.each(RECORDED)('of $name says which row made which piece', async ({ stack, messages }) => {
    const all = timed(messages.map(wireMessageOf));
    const [answer] = await assemble(stack, all);
    const lengths = { text: 0, thinking: 0, 'tool-call': 0 };
    for (const { into, length, row, at } of answer?.pieces ?? []) {
      lengths[into] += length;
      expect(all[row]?.at).toBe(at);
      expect(all[row]?.direction).toBe('received');
    }
    expect(lengths.text).toBe(answer?.text.length);
    expect(lengths.thinking).toBe(answer?.thinking.length);
    const given = answer?.toolCalls.reduce((sum, call) => sum + call.arguments.length, 0);
    expect(lengths['tool-call']).toBe(given);
  });

  it('is there at any time, as far as it came', async () => {
    const start = await assemblerOf(['openai']);
    const assembler = start?.(carrier, 0);
    expect(assembler?.assemblies()).toEqual([]);
    const texts = [];
    for (const [row, word] of ['one', ' two'].entries()) {
      assembler?.take({ ...says(word), row, at: 10 * row });
      texts.push(assembler?.assemblies()[0]?.text);
    }
    expect(texts).toEqual(['one', 'one two']);
    expect(assembler?.assemblies()[0]?.isDone).toBe(false);
  });

  it('is one of several where a call asks for several', async () => {
    const answers = await assemble(
      ['openai'],
      timed([says('left', 0), says('right', 1), says(' side', 0), received('[DONE]')]),
    );
    expect(answers.map(({ text, isDone }) => [text, isDone])).toEqual([
      ['left side', true],
      ['right', true],
    ]);
  });

  it('is another one where a connection goes on after an end', async () => {
    const start = (id: string) =>
      received({ type: 'response.created', response: { id, model: 'm' } });
    const say = (delta: string) =>
      received({ type: 'response.output_text.delta', sequence_number: 1, delta });
    const end = received({ type: 'response.completed', response: { status: 'completed' } });
    const answers = await assemble(
      ['openai'],
      timed([start('a'), say('1'), end, start('b'), say('2')]),
    );
    expect(answers.map(({ id, text, isDone }) => [id, text, isDone])).toEqual([
      ['a', '1', true],
      ['b', '2', false],
    ]);
  });

  it('keeps what the provider says of a failure', async () => {
    const [answer] = await assemble(
      ['anthropic'],
      timed([
        received({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
      ]),
    );
    expect(answer?.failure).toBe('Overloaded');
  });

  it('of a data stream is the same wherever its pieces are cut', async () => {
    const { stack, messages } = readFixture('ai-sdk-lines');
    const text = messages[0]?.text ?? '';
    const [whole] = await assemble(stack, timed([received(text)]));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 12 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((to, i) => received(text.slice(places[i], to)));
        const [cut] = await assemble(stack, timed(pieces));
        expect([cut?.text, cut?.thinking, cut?.toolCalls, cut?.usage]).toEqual([
          whole?.text,
          whole?.thinking,
          whole?.toolCalls,
          whole?.usage,
        ]);
      }),
    );
  });

  it('is none of other protocols', async () => {
    expect(await assemblerOf(['json'])).toBeUndefined();
    expect(await assemblerOf([])).toBeUndefined();
  });
});
