import { isRecord, readJson } from '../json-parts.ts';
import { MOST_HELD } from '../decoder.ts';
import { type Delta, DONE, doneEvent, type LlmEvent, type ReadEvents } from './llm-event.ts';
import { type Members, numberIn, objectIn, sliceAt, textIn, usageOf } from './members.ts';

/** The parts of a UI message stream (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol), besides `data-…`. */
export const UI_PARTS = [
  'start',
  'start-step',
  'text-start',
  'text-delta',
  'text-end',
  'reasoning-start',
  'reasoning-delta',
  'reasoning-end',
  'tool-input-start',
  'tool-input-delta',
  'tool-input-available',
  'tool-input-error',
  'tool-output-available',
  'tool-output-error',
  'tool-approval-request',
  'source-url',
  'source-document',
  'file',
  'finish-step',
  'finish',
  'abort',
  'error',
  'message-metadata',
] as const;

/** The data stream of AI SDK 3 and 4: a letter for the part, a colon, JSON. */
const LINE_PARTS: Readonly<Record<string, string>> = {
  0: 'text',
  2: 'data',
  3: 'error',
  8: 'message_annotations',
  9: 'tool_call',
  a: 'tool_result',
  b: 'tool_call_streaming_start',
  c: 'tool_call_delta',
  d: 'finish_message',
  e: 'finish_step',
  f: 'start_step',
  g: 'reasoning',
  h: 'source',
  i: 'redacted_reasoning',
  j: 'reasoning_signature',
  k: 'file',
};
const LINE = /^([0-9a-k]):(["[{].*)$/su;

export const isPartLine = (line: string): boolean => {
  const [, letter = '', text = ''] = LINE.exec(line) ?? [];
  return LINE_PARTS[letter] !== undefined && (text.startsWith('"') || readJson(text) !== undefined);
};

/** Both protocols of the AI SDK; the older one comes in pieces that are cut anywhere. */
export const createReadAiSdk = (): ReadEvents => {
  let rest = '';
  return ({ payload, direction }) => {
    if (typeof payload !== 'string') return undefined;
    if (payload === DONE) return [doneEvent];
    const json = readJson(payload);
    if (direction === 'sent') {
      return isRecord(json)
        ? [{ kind: 'request', text: payload, deltas: [{ is: 'begin' }] }]
        : undefined;
    }
    if (rest === '' && isRecord(json)) return uiEvent(payload, json);
    if (rest.length + payload.length > MOST_HELD) rest = '';
    const lines = (rest + payload).split('\n');
    rest = lines.pop() ?? '';
    const events = lines.filter((line) => line !== '').map(lineEvent);
    return events.every((event) => event !== undefined) ? events : undefined;
  };
};

function uiEvent(text: string, json: Members): LlmEvent[] | undefined {
  const kind = textIn(json, 'type');
  return kind === undefined ? undefined : [{ kind, text, deltas: uiDeltas(kind, json, text) }];
}

function uiDeltas(kind: string, json: Members, text: string): Delta[] {
  const key = textIn(json, 'toolCallId') ?? '';
  const name = textIn(json, 'toolName');
  switch (kind) {
    case 'start': {
      const id = textIn(json, 'messageId');
      return [{ is: 'begin', ...(id !== undefined && { id }) }];
    }
    case 'text-delta':
      return [{ is: 'text', text: textIn(json, 'delta') ?? '' }];
    case 'reasoning-delta':
      return [{ is: 'thinking', text: textIn(json, 'delta') ?? '' }];
    case 'tool-input-start':
      return [{ is: 'tool', key, id: key, ...(name !== undefined && { name }) }];
    case 'tool-input-delta':
      return [{ is: 'tool', key, arguments: textIn(json, 'inputTextDelta') ?? '' }];
    case 'tool-input-available':
      return [wholeCall(key, name, sliceAt(text, ['input']))];
    case 'finish': {
      const reason = textIn(json, 'finishReason');
      return [...(reason === undefined ? [] : [{ is: 'stop', reason } as const]), { is: 'end' }];
    }
    case 'error':
      return [{ is: 'fail', reason: textIn(json, 'errorText') ?? 'an error' }];
    case 'abort':
      return [{ is: 'stop', reason: 'abort' }, { is: 'end' }];
    default:
      return [];
  }
}

const wholeCall = (key: string, name: string | undefined, given = '{}'): Delta => ({
  is: 'tool',
  key,
  id: key,
  ...(name !== undefined && { name }),
  arguments: given,
  isWhole: true,
});

function lineEvent(line: string): LlmEvent | undefined {
  const [, letter = '', text = ''] = LINE.exec(line) ?? [];
  const kind = LINE_PARTS[letter];
  const value = text.startsWith('"') ? readText(text) : readJson(text);
  return kind === undefined || value === undefined
    ? undefined
    : { kind, text, deltas: lineDeltas(kind, value, text) };
}

function readText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function lineDeltas(kind: string, value: unknown, source: string): Delta[] {
  const text = typeof value === 'string' ? value : '';
  const json = isRecord(value) ? value : {};
  const key = textIn(json, 'toolCallId') ?? '';
  const name = textIn(json, 'toolName');
  switch (kind) {
    case 'text':
      return [{ is: 'text', text }];
    case 'reasoning':
      return [{ is: 'thinking', text }];
    case 'error':
      return [{ is: 'fail', reason: text }];
    case 'tool_call_streaming_start':
      return [{ is: 'tool', key, id: key, ...(name !== undefined && { name }) }];
    case 'tool_call_delta':
      return [{ is: 'tool', key, arguments: textIn(json, 'argsTextDelta') ?? '' }];
    case 'tool_call':
      return [wholeCall(key, name, sliceAt(source, ['args']))];
    case 'start_step': {
      const id = textIn(json, 'messageId');
      return [{ is: 'begin', ...(id !== undefined && { id }) }];
    }
    case 'finish_message':
      return [
        ...usageDeltas(json),
        { is: 'stop', reason: textIn(json, 'finishReason') ?? '' },
        { is: 'end' },
      ];
    default:
      return [];
  }
}

function usageDeltas(json: Members): Delta[] {
  const counts = objectIn(json, 'usage');
  const usage = usageOf({
    input: numberIn(counts, 'promptTokens'),
    output: numberIn(counts, 'completionTokens'),
  });
  return usage === undefined ? [] : [{ is: 'usage', usage }];
}
