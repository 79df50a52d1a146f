import { createServer } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { ProtocolEntry } from '../protocol-entry.ts';
import { llmEntry } from './llm-stage.ts';

const WORDS = ['Tea', ' is', ' a', ' drink', ',', ' “hot”', ' and', ' green', '.'];

/** Hugging Face, text-generation-inference: https://huggingface.co/docs/text-generation-inference */
const TGI = WORDS.map((text, index) => ({
  data: {
    index: index + 1,
    token: { id: 100 + index, text, logprob: -0.5, special: false },
    generated_text: index === WORDS.length - 1 ? WORDS.join('') : null,
    details: null,
  },
}));

/** Ollama: https://github.com/ollama/ollama/blob/main/docs/api.md */
const OLLAMA = [
  ...WORDS.map((content) => ({
    model: 'llama-test',
    created_at: '2026-11-20T10:00:00Z',
    message: { role: 'assistant', content },
    done: false,
  })),
  {
    model: 'llama-test',
    created_at: '2026-11-20T10:00:01Z',
    message: { role: 'assistant', content: '' },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 12,
    eval_count: 9,
  },
];

export const TOKEN_ENTRIES: readonly ProtocolEntry[] = [
  llmEntry({
    name: 'token-stream',
    id: 'token-stream',
    packages: ['eventsource-parser'],
    events: TGI,
    call: async (host, { tell }) => {
      const answer = await fetch(`http://${host}/generate_stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ inputs: 'What is tea?', parameters: {} }),
      });
      let text = '';
      const parser = createParser({
        onEvent: ({ data }) => {
          const event = JSON.parse(data) as { token: { text: string }; generated_text: unknown };
          text += event.token.text;
          tell('received', event.generated_text === null ? 'token' : 'end', event);
        },
      });
      parser.feed(await answer.text());
      return { text, toolCalls: [], usage: {} };
    },
  }),
  {
    name: 'token-stream-lines',
    stack: ['ndjson', 'token-stream'],
    packages: ['ws'],
    played: "both sides of Ollama's lines by its reference",
    picks: () => true,
    run: async ({ proxy, tell, assembled, atEnd }) => {
      const server = createServer((asked, answer) => {
        asked.resume();
        answer.writeHead(200, { 'content-type': 'application/x-ndjson' });
        answer.end(OLLAMA.map((line) => `${JSON.stringify(line)}\n`).join(''));
      });
      atEnd(() => server.close());
      const answer = await fetch(`http://${await proxy(server)}/api/chat`, {
        method: 'POST',
        body: JSON.stringify({ model: 'llama-test', messages: [] }),
      });
      const lines = (await answer.text()).trimEnd().split('\n');
      const told = lines.map((line) => JSON.parse(line) as (typeof OLLAMA)[number]);
      for (const line of told) tell('received', line.done ? 'end' : 'token', line);
      assembled({
        model: 'llama-test',
        text: told.map(({ message }) => message.content).join(''),
        toolCalls: [],
        usage: { input: 12, output: 9 },
        stopReason: 'stop',
      });
    },
  },
];
