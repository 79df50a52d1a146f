import { createReadAnthropic } from './anthropic-events.ts';
import { createLlmCodec } from './llm-codec.ts';

export const anthropicCodec = createLlmCodec('anthropic', createReadAnthropic);
