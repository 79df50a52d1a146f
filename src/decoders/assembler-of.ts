import type { ProtocolId } from '../core/decoded/decoded.ts';
import type { Milliseconds } from '../core/units.ts';
import type { Assembler, TimedMessage } from './llm/assembler.ts';
import type { ReadEvents } from './llm/llm-event.ts';
import { carriedBy } from './choose.ts';
import type { Carrier, Reader } from './decoder.ts';
import { decoderOf } from './registry.ts';

/** The protocols whose messages amount to answers of a language model. */
const READERS: Partial<Record<ProtocolId, () => Promise<() => ReadEvents>>> = {
  openai: async () => (await import('./llm/openai-events.ts')).createReadOpenai,
  anthropic: async () => (await import('./llm/anthropic-events.ts')).createReadAnthropic,
  gemini: async () => (await import('./llm/gemini-events.ts')).createReadGemini,
  'ai-sdk': async () => (await import('./llm/ai-sdk-events.ts')).createReadAiSdk,
  'token-stream': async () => (await import('./llm/token-events.ts')).createReadTokens,
};

/** Makes an assembler for one connection. @param askedAt when the page asked, where no message tells it */
export type StartAssembling = (carrier: Carrier, askedAt?: Milliseconds) => Assembler;

/** What puts the messages of a channel together that a stack reads; `undefined` where they are no answers of a model. */
export async function assemblerOf(
  stack: readonly ProtocolId[],
): Promise<StartAssembling | undefined> {
  const innermost = stack.at(-1);
  const createReadEvents = innermost === undefined ? undefined : await READERS[innermost]?.();
  if (createReadEvents === undefined) return undefined;
  const { createAssembler } = await import('./llm/assembler.ts');
  const outer = await Promise.all(
    stack.slice(0, -1).map(async (id) => await decoderOf(id)?.load()),
  );
  return (carrier, askedAt) => {
    const assembler = createAssembler(createReadEvents(), askedAt);
    const readers = outer.flatMap((codec) =>
      codec === undefined ? [] : [codec.createReader(carrier)],
    );
    return {
      assemblies: assembler.assemblies,
      take: (message) => {
        for (const inner of unwrapped(readers, message)) assembler.take(inner);
      },
    };
  };
}

/** What carriers carry, with the place of the message that brought it. */
function unwrapped(readers: readonly Reader[], message: TimedMessage): TimedMessage[] {
  return readers.reduce<TimedMessage[]>(
    (messages, reader) =>
      messages.flatMap((each) =>
        reader.read(each).parts.flatMap((part) => {
          const payload = carriedBy(part);
          return payload === undefined ? [] : [{ ...each, payload }];
        }),
      ),
    [message],
  );
}
