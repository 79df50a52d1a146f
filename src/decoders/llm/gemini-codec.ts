import { createReadGemini } from './gemini-events.ts';
import { createLlmCodec } from './llm-codec.ts';

export const geminiCodec = createLlmCodec('gemini', createReadGemini);
