import { isRecord, readJson } from '../json-parts.ts';
import type { Delta, ReadEvents } from './llm-event.ts';
import { listIn, type Members, numberIn, objectIn, sliceAt, textIn, usageOf } from './members.ts';
import { reasonOf } from './openai-events.ts';

/** Gemini's `streamGenerateContent` as an event stream (https://ai.google.dev/api/generate-content). */
export const createReadGemini = (): ReadEvents => {
  /** Calls have no name of their own: each is whole, and another one. */
  let calls = 0;

  function partDeltas(part: unknown, answer: number, source: () => string | undefined): Delta[] {
    const text = textIn(part, 'text');
    if (text !== undefined && text !== '') {
      const isThought = isRecord(part) && part['thought'] === true;
      return [{ is: isThought ? 'thinking' : 'text', text, answer }];
    }
    const call = objectIn(part, 'functionCall');
    const name = textIn(call, 'name');
    if (name === undefined) return [];
    calls += 1;
    const id = textIn(call, 'id');
    const given = source() ?? '{}';
    return [
      {
        is: 'tool',
        key: String(calls),
        name,
        arguments: given,
        answer,
        ...(id !== undefined && { id }),
      },
    ];
  }

  return ({ payload, direction }) => {
    const json = typeof payload === 'string' ? readJson(payload) : undefined;
    if (typeof payload !== 'string' || !isRecord(json)) return undefined;
    if (direction === 'sent')
      return [{ kind: 'request', text: payload, deltas: [{ is: 'begin' }] }];
    if (isRecord(json['error'])) {
      return [
        { kind: 'error', text: payload, deltas: [{ is: 'fail', reason: reasonOf(json['error']) }] },
      ];
    }
    if (!isGeminiAnswer(json)) return undefined;
    const deltas = [
      beginOf(json),
      ...listIn(json, 'candidates').flatMap((candidate, i) =>
        candidateDeltas(candidate, (part, answer, j) =>
          partDeltas(part, answer, () =>
            sliceAt(payload, ['candidates', i, 'content', 'parts', j, 'functionCall', 'args']),
          ),
        ),
      ),
      ...usageDeltas(json),
    ];
    return [{ kind: kindOf(deltas), text: payload, deltas }];
  };
};

export const isGeminiAnswer = (json: unknown): boolean =>
  isRecord(json) &&
  (Array.isArray(json['candidates']) || isRecord(json['promptFeedback'])) &&
  (isRecord(json['usageMetadata']) || typeof json['modelVersion'] === 'string');

function beginOf(json: Members): Delta {
  const [id, model] = [textIn(json, 'responseId'), textIn(json, 'modelVersion')];
  return { is: 'begin', ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
}

function candidateDeltas(
  candidate: unknown,
  partDeltas: (part: unknown, answer: number, place: number) => Delta[],
): Delta[] {
  const answer = numberIn(candidate, 'index') ?? 0;
  const reason = textIn(candidate, 'finishReason');
  return [
    ...listIn(objectIn(candidate, 'content'), 'parts').flatMap((part, place) =>
      partDeltas(part, answer, place),
    ),
    ...(reason === undefined ? [] : [{ is: 'stop', reason, answer } as const]),
  ];
}

function usageDeltas(json: Members): Delta[] {
  const counts = objectIn(json, 'usageMetadata');
  const usage = usageOf({
    input: numberIn(counts, 'promptTokenCount'),
    output: outputOf(counts),
    cached: numberIn(counts, 'cachedContentTokenCount'),
    thinking: numberIn(counts, 'thoughtsTokenCount'),
  });
  return usage === undefined ? [] : [{ is: 'usage', usage }];
}

/** Thoughts are counted beside the candidates, and billed as output. */
function outputOf(counts: Members): number | undefined {
  const said = numberIn(counts, 'candidatesTokenCount');
  const thought = numberIn(counts, 'thoughtsTokenCount');
  return said === undefined && thought === undefined ? undefined : (said ?? 0) + (thought ?? 0);
}

function kindOf(deltas: readonly Delta[]): string {
  const has = (is: Delta['is']) => deltas.some((delta) => delta.is === is);
  if (has('tool')) return 'functionCall';
  if (has('text')) return 'text';
  if (has('thinking')) return 'thought';
  return has('stop') ? 'finish' : 'candidates';
}
