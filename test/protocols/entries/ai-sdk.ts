import { createServer } from 'node:http';
import { formatDataStreamPart, processDataStream } from '@ai-sdk/ui-utils';
import {
  createUIMessageStream,
  DefaultChatTransport,
  pipeUIMessageStreamToResponse,
  readUIMessageStream,
  type UIMessage,
  type UIMessageChunk,
} from 'ai';
import type { ProtocolEntry } from '../protocol-entry.ts';

const PARTS: UIMessageChunk[] = [
  { type: 'start', messageId: 'm1' },
  { type: 'start-step' },
  { type: 'reasoning-start', id: 'r1' },
  { type: 'reasoning-delta', id: 'r1', delta: 'They want tea.' },
  { type: 'reasoning-end', id: 'r1' },
  { type: 'text-start', id: 't1' },
  ...['Tea', ' is', ' “hot”.'].map((delta) => ({ type: 'text-delta' as const, id: 't1', delta })),
  { type: 'text-end', id: 't1' },
  { type: 'tool-input-start', toolCallId: 'c1', toolName: 'weather', dynamic: true },
  { type: 'tool-input-delta', toolCallId: 'c1', inputTextDelta: '{"city":' },
  { type: 'tool-input-delta', toolCallId: 'c1', inputTextDelta: '"Kyoto"}' },
  {
    type: 'tool-input-available',
    toolCallId: 'c1',
    toolName: 'weather',
    input: { city: 'Kyoto' },
    dynamic: true,
  },
  { type: 'tool-output-available', toolCallId: 'c1', output: { celsius: 31 }, dynamic: true },
  { type: 'data-note', data: { n: 1 } },
  { type: 'finish-step' },
  { type: 'finish', finishReason: 'stop' },
];

const LINES = [
  formatDataStreamPart('start_step', { messageId: 'm1' }),
  formatDataStreamPart('reasoning', 'They want tea.'),
  ...['Tea', ' is', ' “hot”\n'].map((text) => formatDataStreamPart('text', text)),
  formatDataStreamPart('tool_call_streaming_start', { toolCallId: 'c1', toolName: 'weather' }),
  formatDataStreamPart('tool_call_delta', { toolCallId: 'c1', argsTextDelta: '{"city":"Kyoto"}' }),
  formatDataStreamPart('tool_call', {
    toolCallId: 'c1',
    toolName: 'weather',
    args: { city: 'Kyoto' },
  }),
  formatDataStreamPart('tool_result', { toolCallId: 'c1', result: { celsius: 31 } }),
  formatDataStreamPart('finish_step', { finishReason: 'stop', isContinued: false }),
  formatDataStreamPart('finish_message', {
    finishReason: 'stop',
    usage: { promptTokens: 5, completionTokens: 9 },
  }),
];

const question: UIMessage = { id: 'q', role: 'user', parts: [{ type: 'text', text: 'Tea?' }] };

export const AI_SDK_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'ai-sdk',
    stack: ['ai-sdk'],
    packages: ['ai'],
    picks: () => true,
    run: async ({ proxy, tell, assembled, atEnd }) => {
      const server = createServer((asked, response) => {
        asked.resume();
        const stream = createUIMessageStream({
          execute: ({ writer }) => {
            for (const part of PARTS) writer.write(part);
          },
        });
        void pipeUIMessageStreamToResponse({ response, stream });
      });
      atEnd(() => server.close());
      const transport = new DefaultChatTransport({ api: `http://${await proxy(server)}/api/chat` });
      const chunks = await transport.sendMessages({
        chatId: 'chat',
        messages: [question],
        trigger: 'submit-message',
        messageId: undefined,
        abortSignal: undefined,
      });
      const [told, read] = chunks.tee();
      for await (const chunk of told) tell('received', chunk.type, chunk);
      let message: UIMessage | undefined;
      for await (const state of readUIMessageStream({ stream: read })) message = state;
      const parts = message?.parts ?? [];
      assembled({
        id: message?.id ?? '',
        text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
        thinking: parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join(''),
        toolCalls: parts.flatMap((part) =>
          part.type === 'dynamic-tool'
            ? [{ id: part.toolCallId, name: part.toolName, arguments: JSON.stringify(part.input) }]
            : [],
        ),
        usage: {},
        stopReason: 'stop',
      });
    },
  },
  {
    name: 'ai-sdk-lines',
    stack: ['ai-sdk'],
    packages: ['@ai-sdk/ui-utils'],
    picks: () => true,
    run: async ({ proxy, tell, assembled, atEnd }) => {
      const server = createServer((asked, response) => {
        asked.resume();
        response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(LINES.join(''));
      });
      atEnd(() => server.close());
      const { body } = await fetch(`http://${await proxy(server)}/api/chat`, { method: 'POST' });
      if (body === null) throw new Error('no body');
      let [id, text, thinking, stopReason] = ['', '', '', ''];
      let usage: { input: number; output: number } | undefined;
      const toolCalls: { id: string; name: string; arguments: string }[] = [];
      await processDataStream({
        stream: body,
        onStartStepPart: (part) => {
          id = part.messageId;
          tell('received', 'start_step', part);
        },
        onReasoningPart: (part) => {
          thinking += part;
          tell('received', 'reasoning', JSON.stringify(part));
        },
        onTextPart: (part) => {
          text += part;
          tell('received', 'text', JSON.stringify(part));
        },
        onToolCallPart: (part) => {
          toolCalls.push({
            id: part.toolCallId,
            name: part.toolName,
            arguments: JSON.stringify(part.args),
          });
          tell('received', 'tool_call', part);
        },
        onToolResultPart: (part) => tell('received', 'tool_result', part),
        onFinishMessagePart: (part) => {
          stopReason = part.finishReason;
          usage = {
            input: part.usage?.promptTokens ?? 0,
            output: part.usage?.completionTokens ?? 0,
          };
          tell('received', 'finish_message');
        },
      });
      assembled({ id, text, thinking, toolCalls, usage: usage ?? {}, stopReason });
    },
  },
];
