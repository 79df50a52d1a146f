import { createReadAiSdk } from './ai-sdk-events.ts';
import { createLlmCodec } from './llm-codec.ts';

export const aiSdkCodec = createLlmCodec('ai-sdk', createReadAiSdk);
