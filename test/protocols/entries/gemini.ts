import { GoogleGenAI } from '@google/genai';
import { llmEntry } from './llm-stage.ts';

const MODEL = 'gemini-test';
const answer = (parts: readonly object[], more: object = {}, usage: object = {}) => ({
  data: {
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
    usageMetadata: { promptTokenCount: 9, totalTokenCount: 9, ...usage },
    modelVersion: MODEL,
    responseId: 'r1',
  },
});

const EVENTS = [
  answer([{ text: 'Think of tea.', thought: true }]),
  answer([{ text: 'Green' }]),
  answer([{ text: ' tea, ' }, { text: '茶.' }]),
  answer([{ functionCall: { name: 'weather', args: { city: 'Kyoto', days: 2 } } }]),
  answer([{ functionCall: { name: 'weather', args: { city: 'Oslo' } } }]),
  answer(
    [{ text: '' }],
    { finishReason: 'STOP' },
    { candidatesTokenCount: 12, thoughtsTokenCount: 30, totalTokenCount: 51 },
  ),
];

export const GEMINI_ENTRIES = [
  llmEntry({
    name: 'gemini',
    id: 'gemini',
    packages: ['@google/genai'],
    events: EVENTS,
    call: async (host, { tell }) => {
      const client = new GoogleGenAI({
        apiKey: 'none',
        httpOptions: { baseUrl: `http://${host}` },
      });
      const stream = await client.models.generateContentStream({
        model: MODEL,
        contents: 'What is tea?',
      });
      let text = '';
      let thinking = '';
      let counts: {
        promptTokenCount?: number;
        candidatesTokenCount?: number;
        thoughtsTokenCount?: number;
      } = {};
      let stopReason: string | undefined;
      const toolCalls = [];
      for await (const chunk of stream) {
        const { functionCalls = [], candidates: [candidate] = [], usageMetadata } = chunk;
        const thoughts = (candidate?.content?.parts ?? []).filter(({ thought }) => thought);
        const said = chunk.text ?? '';
        text += said;
        thinking += thoughts.map((part) => part.text ?? '').join('');
        stopReason = candidate?.finishReason;
        counts = usageMetadata ?? counts;
        for (const { name, args } of functionCalls) {
          toolCalls.push({ ...(name !== undefined && { name }), arguments: JSON.stringify(args) });
        }
        if (functionCalls.length > 0) tell('received', 'functionCall');
        else if (said !== '') tell('received', 'text');
        else tell('received', thoughts.length > 0 ? 'thought' : 'finish');
      }
      const { promptTokenCount, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = counts;
      return {
        id: 'r1',
        model: MODEL,
        text,
        thinking,
        toolCalls,
        usage: {
          input: promptTokenCount,
          output: candidatesTokenCount + thoughtsTokenCount,
          thinking: thoughtsTokenCount,
        },
        stopReason,
      };
    },
  }),
];
