import type { WireMessage } from '../core/decoded/decoded.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { claimByShape, isOneOf } from './evidence.ts';
import { isPartLine, UI_PARTS } from './llm/ai-sdk-events.ts';
import { DONE } from './llm/llm-event.ts';
import { textIn } from './llm/members.ts';

/** Names that others use too. */
const COMMON: ReadonlySet<string> = new Set(['start', 'finish', 'error', 'abort', 'file']);

/** The AI SDK's UI message stream, and the data stream of its older versions. */
export const aiSdk: Decoder = {
  id: 'ai-sdk',
  recognise: (look) => claimByParts(look) ?? claimByLines(look),
  load: async () => (await import('./llm/ai-sdk-codec.ts')).aiSdkCodec,
};

const isAnswer = ({ direction }: WireMessage): boolean => direction === 'received';

const claimByParts = (look: ChannelLook): Claim | undefined =>
  claimByShape(look, {
    confidence: 0.92,
    shape: 'parts of a UI message stream (start, text-delta, finish …)',
    fits: (message, json) => isAnswer(message) && isPart(textIn(json, 'type')),
    mayBe: (message) => !isAnswer(message) || message.payload === DONE,
    proves: (_message, json) => !COMMON.has(textIn(json, 'type') ?? ''),
  });

const isPart = (type: string | undefined): boolean =>
  isOneOf(UI_PARTS, type) || type?.startsWith('data-') === true;

/** Pieces are cut anywhere: the lines are looked at as one text. */
function claimByLines({ samples }: ChannelLook): Claim | undefined {
  const text = samples
    .filter(isAnswer)
    .map(({ payload }) => (typeof payload === 'string' ? payload : '\0'))
    .join('');
  const lines = text.split('\n').slice(0, -1);
  const fitting = lines.filter(isPartLine).length;
  if (fitting < 2 || fitting < lines.length || !/^[0fg]:/mu.test(text)) return undefined;
  return {
    confidence: 0.9,
    evidence: [`${fitting} of ${lines.length} lines are parts of a data stream`],
  };
}
