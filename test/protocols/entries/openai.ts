import OpenAI from 'openai';
import { llmEntry, type PlayedEvent } from './llm-stage.ts';

const MODEL = 'gpt-test';
const client = (host: string) => new OpenAI({ apiKey: 'none', baseURL: `http://${host}/v1` });

const chunk = (delta: object | undefined, more: object = {}): PlayedEvent => ({
  data: {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1763740800,
    model: MODEL,
    choices:
      delta === undefined
        ? []
        : [{ index: 0, delta, logprobs: null, finish_reason: null, ...more }],
    ...(delta === undefined && more),
  },
});
const call = (index: number, asked: object, id?: string) => ({
  tool_calls: [{ index, ...(id !== undefined && { id, type: 'function' }), function: asked }],
});

const CHAT = [
  chunk({ role: 'assistant', content: '', refusal: null }),
  ...['Tea', ' is', ' “hot”', ',\n', '茶', ' 🍵.'].map((content) => chunk({ content })),
  chunk(call(0, { name: 'weather', arguments: '' }, 'call_1')),
  chunk(call(0, { arguments: '{"city":' })),
  chunk(call(0, { arguments: '"Kyoto"}' })),
  chunk(call(1, { name: 'clock', arguments: '{}' }, 'call_2')),
  chunk({}, { finish_reason: 'tool_calls' }),
  chunk(undefined, {
    usage: {
      prompt_tokens: 21,
      completion_tokens: 34,
      total_tokens: 55,
      prompt_tokens_details: { cached_tokens: 8 },
    },
  }),
  { data: '[DONE]' },
];

const kindOf = ({ choices: [choice], usage }: OpenAI.ChatCompletionChunk): string => {
  if (choice?.delta.tool_calls !== undefined) return 'tool_calls';
  if (choice?.delta.content) return 'content';
  if (choice?.finish_reason) return 'finish';
  return usage ? 'usage' : 'role';
};

const RESPONSE = { id: 'resp_1', object: 'response', created_at: 1763740800, model: MODEL };
const MESSAGE = { id: 'msg_1', type: 'message', role: 'assistant' };
const TOOL = { id: 'fc_1', type: 'function_call', call_id: 'call_9', name: 'weather' };
const said = { type: 'output_text', text: 'Good morning.', annotations: [] };
const usage = {
  input_tokens: 11,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 17,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 28,
};
const DONE_ITEMS = [
  { ...MESSAGE, status: 'completed', content: [said] },
  { ...TOOL, status: 'completed', arguments: '{"city":"Oslo"}' },
];
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const tool = { item_id: 'fc_1', output_index: 1 };

const RESPONSES: PlayedEvent[] = [
  { type: 'response.created', response: { ...RESPONSE, status: 'in_progress', output: [] } },
  { type: 'response.in_progress', response: { ...RESPONSE, status: 'in_progress', output: [] } },
  {
    type: 'response.output_item.added',
    output_index: 0,
    item: { ...MESSAGE, status: 'in_progress', content: [] },
  },
  { type: 'response.content_part.added', ...place, part: { ...said, text: '' } },
  ...['Good', ' morning', '.'].map((delta) => ({
    type: 'response.output_text.delta',
    ...place,
    delta,
  })),
  { type: 'response.output_text.done', ...place, text: 'Good morning.' },
  { type: 'response.content_part.done', ...place, part: said },
  { type: 'response.output_item.done', output_index: 0, item: DONE_ITEMS[0] },
  {
    type: 'response.output_item.added',
    output_index: 1,
    item: { ...TOOL, status: 'in_progress', arguments: '' },
  },
  ...['{"city"', ':"Oslo"}'].map((delta) => ({
    type: 'response.function_call_arguments.delta',
    ...tool,
    delta,
  })),
  { type: 'response.function_call_arguments.done', ...tool, arguments: '{"city":"Oslo"}' },
  { type: 'response.output_item.done', output_index: 1, item: DONE_ITEMS[1] },
  {
    type: 'response.completed',
    response: { ...RESPONSE, status: 'completed', output: DONE_ITEMS, usage },
  },
].map((data, index) => ({ event: data.type, data: { ...data, sequence_number: index } }));

export const OPENAI_ENTRIES = [
  llmEntry({
    name: 'openai-chat',
    id: 'openai',
    packages: ['openai'],
    events: CHAT,
    call: async (host, { tell }) => {
      const stream = client(host).chat.completions.stream({
        model: MODEL,
        messages: [{ role: 'user', content: 'What is tea?' }],
        stream_options: { include_usage: true },
      });
      stream.on('chunk', (each) => tell('received', kindOf(each), each));
      const { id, model, choices, usage: counts } = await stream.finalChatCompletion();
      const [choice] = choices;
      return {
        id,
        model,
        text: choice?.message.content ?? '',
        toolCalls: (choice?.message.tool_calls ?? []).map((each) => ({
          id: each.id,
          ...(each.type === 'function' && {
            name: each.function.name,
            arguments: each.function.arguments,
          }),
        })),
        usage: { input: counts?.prompt_tokens, output: counts?.completion_tokens, cached: 8 },
        stopReason: choice?.finish_reason,
      };
    },
  }),
  llmEntry({
    name: 'openai-responses',
    id: 'openai',
    packages: ['openai'],
    events: RESPONSES,
    call: async (host, { tell }) => {
      const stream = client(host).responses.stream({ model: MODEL, input: 'Greet me.' });
      for await (const event of stream) tell('received', event.type);
      const {
        id,
        model,
        output_text,
        output,
        usage: counts,
        status,
      } = await stream.finalResponse();
      return {
        id,
        model,
        text: output_text,
        toolCalls: output.flatMap((item) =>
          item.type === 'function_call'
            ? [{ id: item.call_id, name: item.name, arguments: item.arguments }]
            : [],
        ),
        usage: {
          input: counts?.input_tokens,
          output: counts?.output_tokens,
          cached: counts?.input_tokens_details.cached_tokens,
          thinking: counts?.output_tokens_details.reasoning_tokens,
        },
        stopReason: status,
      };
    },
  }),
];
