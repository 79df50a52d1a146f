import type { Decoder } from './decoder.ts';
import { claimByShape, isOneOf } from './evidence.ts';
import { ANTHROPIC_TYPES } from './llm/anthropic-events.ts';
import { objectIn, textIn } from './llm/members.ts';

/** Names that others use too. */
const COMMON: ReadonlySet<string> = new Set(['ping', 'error']);

/** Streamed messages of Anthropic's API. */
export const anthropic: Decoder = {
  id: 'anthropic',
  recognise: (look) =>
    claimByShape(look, {
      confidence: 0.95,
      shape: 'events of a streamed message (message_start, content_block_delta …)',
      fits: ({ direction }, json) =>
        direction === 'received' && isOneOf(ANTHROPIC_TYPES, textIn(json, 'type')),
      mayBe: ({ direction }) => direction === 'sent',
      proves: (_message, json) =>
        !COMMON.has(textIn(json, 'type') ?? '') &&
        (Object.keys(objectIn(json, 'message')).length > 0 ||
          Object.keys(objectIn(json, 'content_block')).length > 0 ||
          Object.keys(objectIn(json, 'delta')).length > 0),
    }),
  load: async () => (await import('./llm/anthropic-codec.ts')).anthropicCodec,
};
