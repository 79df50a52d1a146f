import { createLlmCodec } from './llm-codec.ts';
import { createReadTokens } from './token-events.ts';

export const tokenCodec = createLlmCodec('token-stream', createReadTokens);
