import { isRecord, readJson } from '../json-parts.ts';
import { type Delta, DONE, doneEvent, type LlmEvent, type ReadEvents } from './llm-event.ts';
import { type Members, numberIn, objectIn, textIn, usageOf } from './members.ts';
import { requestEvent } from './openai-events.ts';

/** Where servers put the next piece: Ollama, llama.cpp, text-generation-inference, and those who do as they like. */
const PLACES: readonly (readonly [name: string, pick: (json: Members) => string | undefined])[] = [
  ['message.content', (json) => textIn(objectIn(json, 'message'), 'content')],
  ['token.text', (json) => textIn(objectIn(json, 'token'), 'text')],
  ['delta.content', (json) => textIn(objectIn(json, 'delta'), 'content')],
  ['delta.text', (json) => textIn(objectIn(json, 'delta'), 'text')],
  ['response', (json) => textIn(json, 'response')],
  ['token', (json) => textIn(json, 'token')],
  ['delta', (json) => textIn(json, 'delta')],
  ['content', (json) => textIn(json, 'content')],
  ['text', (json) => textIn(json, 'text')],
  ['chunk', (json) => textIn(json, 'chunk')],
];

/** The place and the piece of one message; `undefined` where there is none. */
export function pieceIn(json: Members): { place: string; piece: string } | undefined {
  for (const [place, pick] of PLACES) {
    const piece = pick(json);
    if (piece !== undefined) return { place, piece };
  }
  return undefined;
}

/** Streams of pieces that follow no provider's protocol. */
export const createReadTokens =
  (): ReadEvents =>
  ({ payload, direction }) => {
    if (typeof payload !== 'string') return undefined;
    if (payload === DONE) return [doneEvent];
    const json = readJson(payload);
    if (!isRecord(json)) return undefined;
    if (direction === 'sent') return [requestEvent(payload, json)];
    const found = pieceIn(json);
    const isLast =
      json['done'] === true || json['stop'] === true || typeof json['generated_text'] === 'string';
    const kind = isLast ? 'end' : found === undefined ? 'event' : 'token';
    const event: LlmEvent = {
      kind,
      text: payload,
      deltas: deltasOf(json, found?.piece ?? '', isLast),
    };
    return [event];
  };

function deltasOf(json: Members, piece: string, isLast: boolean): Delta[] {
  const model = textIn(json, 'model');
  const usage = usageOf({
    input: numberIn(json, 'prompt_eval_count') ?? numberIn(json, 'tokens_evaluated'),
    output: numberIn(json, 'eval_count') ?? numberIn(json, 'tokens_predicted'),
  });
  const reason = textIn(json, 'done_reason') ?? textIn(json, 'stop_type');
  return [
    { is: 'begin', ...(model !== undefined && { model }) },
    ...(piece === '' ? [] : [{ is: 'text', text: piece } as const]),
    ...(usage === undefined ? [] : [{ is: 'usage', usage } as const]),
    ...(reason === undefined ? [] : [{ is: 'stop', reason } as const]),
    ...(isLast ? [{ is: 'end' } as const] : []),
  ];
}
