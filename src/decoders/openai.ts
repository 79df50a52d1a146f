import { DONE } from './llm/llm-event.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape } from './evidence.ts';
import { isRecord } from './json-parts.ts';
import { isChunk, isResponseEvent } from './llm/openai-events.ts';

/** OpenAI's chat completions and responses, and the many servers that speak as they do. */
export const openai: Decoder = {
  id: 'openai',
  recognise: (look) =>
    claimByShape(look, {
      confidence: 0.95,
      shape: 'chunks of chat completions or events of responses',
      fits: (_message, json) => isChunk(json) || isResponseEvent(json),
      mayBe: ({ direction, payload }, json) =>
        direction === 'sent' || payload === DONE || (isRecord(json) && isRecord(json['error'])),
    }),
  load: async () => (await import('./llm/openai-codec.ts')).openaiCodec,
};
