import { isRecord, readJson } from '../json-parts.ts';
import type { Delta, LlmEvent, ReadEvents } from './llm-event.ts';
import { type Members, numberIn, objectIn, textIn, usageOf } from './members.ts';
import { reasonOf, requestEvent } from './openai-events.ts';

/** The events of a streamed message (https://docs.anthropic.com/en/api/messages-streaming). */
export const ANTHROPIC_TYPES = [
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'ping',
  'error',
] as const;

const CONTROL: ReadonlySet<string> = new Set(['content_block_stop', 'message_stop']);

export const createReadAnthropic =
  (): ReadEvents =>
  ({ payload, direction }) => {
    const json = typeof payload === 'string' ? readJson(payload) : undefined;
    if (typeof payload !== 'string' || !isRecord(json)) return undefined;
    if (direction === 'sent') return [requestEvent(payload, json)];
    const kind = textIn(json, 'type');
    if (kind === undefined) return undefined;
    const event: LlmEvent = {
      kind,
      text: payload,
      deltas: deltasOf(kind, json),
      ...(kind === 'ping' && { isHeartbeat: true as const }),
      ...(CONTROL.has(kind) && { isControl: true as const }),
    };
    return [event];
  };

function deltasOf(kind: string, json: Members): Delta[] {
  const key = String(numberIn(json, 'index') ?? 0);
  switch (kind) {
    case 'message_start':
      return beginOf(objectIn(json, 'message'));
    case 'content_block_start':
      return blockDeltas(key, objectIn(json, 'content_block'));
    case 'content_block_delta':
      return blockDeltas(key, objectIn(json, 'delta'));
    case 'message_delta':
      return endOf(objectIn(json, 'delta'), json);
    case 'message_stop':
      return [{ is: 'end' }];
    case 'error':
      return [{ is: 'fail', reason: reasonOf(objectIn(json, 'error')) }];
    default:
      return [];
  }
}

function beginOf(message: Members): Delta[] {
  const [id, model] = [textIn(message, 'id'), textIn(message, 'model')];
  return [
    { is: 'begin', ...(id !== undefined && { id }), ...(model !== undefined && { model }) },
    ...usageDeltas(message),
  ];
}

/** What is told at the end counts all, what is told at the beginning the input. */
function usageDeltas(holder: Members): Delta[] {
  const counts = objectIn(holder, 'usage');
  const usage = usageOf({
    input: numberIn(counts, 'input_tokens'),
    output: numberIn(counts, 'output_tokens'),
    cached: numberIn(counts, 'cache_read_input_tokens'),
  });
  return usage === undefined ? [] : [{ is: 'usage', usage }];
}

function endOf(delta: Members, json: Members): Delta[] {
  const reason = textIn(delta, 'stop_reason');
  return [...(reason === undefined ? [] : [{ is: 'stop', reason } as const]), ...usageDeltas(json)];
}

function blockDeltas(key: string, block: Members): Delta[] {
  switch (textIn(block, 'type') ?? '') {
    case 'text':
    case 'text_delta':
      return textDelta('text', textIn(block, 'text'));
    case 'thinking':
    case 'thinking_delta':
      return textDelta('thinking', textIn(block, 'thinking'));
    case 'tool_use':
    case 'server_tool_use': {
      const [id, name] = [textIn(block, 'id'), textIn(block, 'name')];
      return [
        { is: 'tool', key, ...(id !== undefined && { id }), ...(name !== undefined && { name }) },
      ];
    }
    case 'input_json_delta':
      return [{ is: 'tool', key, arguments: textIn(block, 'partial_json') ?? '' }];
    default:
      return [];
  }
}

const textDelta = (is: 'text' | 'thinking', text: string | undefined): Delta[] =>
  text === undefined || text === '' ? [] : [{ is, text }];
