import { createLlmCodec } from './llm-codec.ts';
import { createReadOpenai } from './openai-events.ts';

export const openaiCodec = createLlmCodec('openai', createReadOpenai);
