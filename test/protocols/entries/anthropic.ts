import Anthropic from '@anthropic-ai/sdk';
import { llmEntry, type PlayedEvent } from './llm-stage.ts';

const MODEL = 'claude-test';
const delta = (index: number, more: object) => ({
  type: 'content_block_delta',
  index,
  delta: more,
});
const block = (index: number, more: object) => ({
  type: 'content_block_start',
  index,
  content_block: more,
});
const stop = (index: number) => ({ type: 'content_block_stop', index });

const EVENTS: PlayedEvent[] = [
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: MODEL,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 25, cache_read_input_tokens: 10, output_tokens: 1 },
    },
  },
  block(0, { type: 'thinking', thinking: '', signature: '' }),
  { type: 'ping' },
  delta(0, { type: 'thinking_delta', thinking: 'They want ' }),
  delta(0, { type: 'thinking_delta', thinking: 'tea.' }),
  delta(0, { type: 'signature_delta', signature: 'EqQBCgIYAg==' }),
  stop(0),
  block(1, { type: 'text', text: '' }),
  ...['I will', ' look', ' “it” up 🍵.'].map((text) => delta(1, { type: 'text_delta', text })),
  stop(1),
  block(2, { type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} }),
  ...['', '{"city": "Ky', 'oto"}'].map((partial_json) =>
    delta(2, { type: 'input_json_delta', partial_json }),
  ),
  stop(2),
  {
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 42 },
  },
  { type: 'message_stop' },
].map((data) => ({ event: data.type, data }));

export const ANTHROPIC_ENTRIES = [
  llmEntry({
    name: 'anthropic',
    id: 'anthropic',
    packages: ['@anthropic-ai/sdk'],
    events: EVENTS,
    call: async (host, { tell }) => {
      const client = new Anthropic({ apiKey: 'none', baseURL: `http://${host}` });
      const stream = client.messages.stream({
        model: MODEL,
        max_tokens: 100,
        messages: [{ role: 'user', content: 'Is it hot in Kyoto?' }],
      });
      stream.on('streamEvent', (event) => tell('received', event.type));
      const { id, model, content, usage, stop_reason } = await stream.finalMessage();
      return {
        id,
        model,
        text: content.map((each) => (each.type === 'text' ? each.text : '')).join(''),
        thinking: content.map((each) => (each.type === 'thinking' ? each.thinking : '')).join(''),
        toolCalls: content.flatMap((each) =>
          each.type === 'tool_use'
            ? [{ id: each.id, name: each.name, arguments: JSON.stringify(each.input) }]
            : [],
        ),
        usage: {
          input: usage.input_tokens,
          output: usage.output_tokens,
          cached: usage.cache_read_input_tokens ?? undefined,
        },
        stopReason: stop_reason,
      };
    },
  }),
];
