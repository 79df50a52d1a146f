import type { Decoder } from './decoder.ts';
import { claimByShape } from './evidence.ts';
import { isRecord } from './json-parts.ts';
import { isGeminiAnswer } from './llm/gemini-events.ts';

/** Streamed answers of Gemini. */
export const gemini: Decoder = {
  id: 'gemini',
  recognise: (look) =>
    claimByShape(look, {
      confidence: 0.95,
      shape: 'answers with candidates, usage and a model version',
      fits: ({ direction }, json) => direction === 'received' && isGeminiAnswer(json),
      mayBe: ({ direction }, json) =>
        direction === 'sent' || (isRecord(json) && isRecord(json['error'])),
    }),
  load: async () => (await import('./llm/gemini-codec.ts')).geminiCodec,
};
