import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { isRecord, readJson } from './json-parts.ts';
import { type Members, textIn } from './llm/members.ts';
import { DONE } from './llm/llm-event.ts';
import { pieceIn } from './llm/token-events.ts';

const FEWEST = 4;
const LONGEST_USUAL_PIECE = 40;
const MOST_MEMBERS = 12;

/** Pieces of text that follow no provider's protocol: Ollama, llama.cpp, text-generation-inference, an app's own. */
export const tokenStream: Decoder = {
  id: 'token-stream',
  recognise: claimByPieces,
  load: async () => (await import('./llm/token-codec.ts')).tokenCodec,
};

/**
 * Chats have texts at such places too. Pieces of one text are short, stand at one place in objects that are alike, and
 * many begin with the space before their word, which no message of a chat does.
 */
function claimByPieces({ samples }: ChannelLook): Claim | undefined {
  const answers = samples
    .filter(({ direction, payload }) => direction === 'received' && payload !== DONE)
    .map(({ payload }) => (typeof payload === 'string' ? readJson(payload) : undefined));
  const objects = answers.filter((json): json is Members => isRecord(json) && isSmall(json));
  const places = new Map<string, string[]>();
  for (const { place, piece } of objects.map(pieceIn).filter((found) => found !== undefined)) {
    places.set(place, [...(places.get(place) ?? []), piece]);
  }
  const [place, pieces] = [...places].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
  if (pieces.length < FEWEST || pieces.length < answers.length * 0.8) return undefined;
  const spaced = pieces.filter((piece) => /^\s\S/u.test(piece)).length;
  const lengths = pieces.map(({ length }) => length).sort((a, b) => a - b);
  const median = lengths[lengths.length >> 1] ?? 0;
  if (spaced < pieces.length / 4 || median > LONGEST_USUAL_PIECE) return undefined;
  const evidence = `${pieces.length} of ${answers.length} answers looked at have a short text at “${place}”, ${spaced} of them begin with a space`;
  return { confidence: 0.75, evidence: [evidence] };
}

const isSmall = (json: Members): boolean =>
  Object.keys(json).length <= MOST_MEMBERS && textIn(json, 'jsonrpc') === undefined;
