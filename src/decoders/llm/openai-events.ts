import { isRecord, readJson } from '../json-parts.ts';
import { type Delta, DONE, doneEvent, type LlmEvent, type ReadEvents } from './llm-event.ts';
import { listIn, type Members, numberIn, objectIn, textIn, usageOf } from './members.ts';

/** OpenAI's chat completions and responses (https://platform.openai.com/docs/api-reference), and all who speak as they do. */
export const createReadOpenai = (): ReadEvents => (message) => {
  const { payload, direction } = message;
  if (typeof payload !== 'string') return undefined;
  if (payload === DONE) return [doneEvent];
  const json = readJson(payload);
  if (!isRecord(json)) return undefined;
  if (direction === 'sent') return [requestEvent(payload, json)];
  const event =
    json['type'] === undefined ? chunkEvent(payload, json) : responseEvent(payload, json);
  return event && [event];
};

/** A call: what the model is asked. */
export const requestEvent = (text: string, json: Members): LlmEvent => {
  const model = textIn(json, 'model');
  return {
    kind: 'request',
    text,
    deltas: [{ is: 'begin', ...(model !== undefined && { model }) }],
  };
};

export const isChunk = (json: unknown): boolean =>
  isRecord(json) && /^(?:chat|text)[._]completion(?:\.chunk)?$/u.test(textIn(json, 'object') ?? '');

export const isResponseEvent = (json: unknown): boolean =>
  isRecord(json) &&
  (textIn(json, 'type') ?? '').startsWith('response.') &&
  (numberIn(json, 'sequence_number') !== undefined || isRecord(json['response']));

function chunkEvent(text: string, json: Members): LlmEvent | undefined {
  const failure = json['error'];
  if (isRecord(failure)) {
    return { kind: 'error', text, deltas: [{ is: 'fail', reason: reasonOf(failure) }] };
  }
  if (!isChunk(json)) return undefined;
  const choices = listIn(json, 'choices').filter(isRecord);
  const deltas: Delta[] = [beginOf(json), ...choices.flatMap(choiceDeltas)];
  const usage = chatUsage(objectIn(json, 'usage'));
  if (usage !== undefined) deltas.push({ is: 'usage', usage });
  return { kind: kindOfChunk(deltas), text, deltas };
}

function beginOf(json: Members): Delta {
  const [id, model] = [textIn(json, 'id'), textIn(json, 'model')];
  return { is: 'begin', ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
}

const KINDS: readonly (readonly [Delta['is'], string])[] = [
  ['tool', 'tool_calls'],
  ['text', 'content'],
  ['thinking', 'reasoning'],
  ['stop', 'finish'],
  ['usage', 'usage'],
];

const kindOfChunk = (deltas: readonly Delta[]): string =>
  KINDS.find(([is]) => deltas.some((delta) => delta.is === is))?.[1] ?? 'role';

function choiceDeltas(choice: Members): Delta[] {
  const answer = numberIn(choice, 'index') ?? 0;
  // A call that does not stream answers with a whole message.
  const delta = isRecord(choice['delta']) ? choice['delta'] : objectIn(choice, 'message');
  const deltas: Delta[] = [];
  const content = textIn(delta, 'content') ?? textIn(choice, 'text') ?? textIn(delta, 'refusal');
  const thinking = textIn(delta, 'reasoning_content') ?? textIn(delta, 'reasoning');
  if (thinking !== undefined && thinking !== '')
    deltas.push({ is: 'thinking', text: thinking, answer });
  if (content !== undefined && content !== '') deltas.push({ is: 'text', text: content, answer });
  for (const [i, call] of listIn(delta, 'tool_calls').entries()) {
    const asked = objectIn(call, 'function');
    deltas.push({
      is: 'tool',
      answer,
      key: String(numberIn(call, 'index') ?? i),
      ...optional('id', textIn(call, 'id')),
      ...optional('name', textIn(asked, 'name')),
      ...optional('arguments', textIn(asked, 'arguments')),
    });
  }
  const reason = textIn(choice, 'finish_reason');
  if (reason !== undefined) deltas.push({ is: 'stop', reason, answer });
  return deltas;
}

const optional = <Name extends string>(name: Name, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>;

const chatUsage = (usage: Members) =>
  usageOf({
    input: numberIn(usage, 'prompt_tokens'),
    output: numberIn(usage, 'completion_tokens'),
    cached: numberIn(objectIn(usage, 'prompt_tokens_details'), 'cached_tokens'),
    thinking: numberIn(objectIn(usage, 'completion_tokens_details'), 'reasoning_tokens'),
  });

function responseEvent(text: string, json: Members): LlmEvent | undefined {
  const kind = textIn(json, 'type') ?? '';
  if (kind === 'error') return { kind, text, deltas: [{ is: 'fail', reason: reasonOf(json) }] };
  if (!isResponseEvent(json)) return undefined;
  return { kind, text, deltas: responseDeltas(kind, json) };
}

function responseDeltas(kind: string, json: Members): Delta[] {
  const delta = textIn(json, 'delta') ?? '';
  const key = textIn(json, 'item_id') ?? String(numberIn(json, 'output_index') ?? 0);
  switch (kind) {
    case 'response.created':
      return [beginOf(objectIn(json, 'response'))];
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return [{ is: 'text', text: delta }];
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return [{ is: 'thinking', text: delta }];
    case 'response.output_item.added':
      return toolItem(objectIn(json, 'item'));
    case 'response.function_call_arguments.delta':
    case 'response.mcp_call_arguments.delta':
    case 'response.custom_tool_call_input.delta':
      return [{ is: 'tool', key, arguments: delta }];
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      return endOfResponse(objectIn(json, 'response'));
    default:
      return [];
  }
}

function toolItem(item: Members): Delta[] {
  if (!(textIn(item, 'type') ?? '').endsWith('_call')) return [];
  const id = textIn(item, 'call_id') ?? textIn(item, 'id');
  const name = textIn(item, 'name') ?? textIn(item, 'type');
  return [
    {
      is: 'tool',
      key: textIn(item, 'id') ?? '0',
      ...optional('id', id),
      ...optional('name', name),
    },
  ];
}

function endOfResponse(response: Members): Delta[] {
  const counts = objectIn(response, 'usage');
  const usage = usageOf({
    input: numberIn(counts, 'input_tokens'),
    output: numberIn(counts, 'output_tokens'),
    cached: numberIn(objectIn(counts, 'input_tokens_details'), 'cached_tokens'),
    thinking: numberIn(objectIn(counts, 'output_tokens_details'), 'reasoning_tokens'),
  });
  const reason =
    textIn(objectIn(response, 'incomplete_details'), 'reason') ?? textIn(response, 'status') ?? '';
  const failure = response['error'];
  return [
    ...(usage === undefined ? [] : [{ is: 'usage', usage } as const]),
    { is: 'stop', reason },
    ...(isRecord(failure) ? [{ is: 'fail', reason: reasonOf(failure) } as const] : []),
    { is: 'end' },
  ];
}

export const reasonOf = (error: Members): string =>
  textIn(error, 'message') ?? textIn(error, 'code') ?? textIn(error, 'type') ?? 'an error';
