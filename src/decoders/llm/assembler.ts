import type { Assembly, Piece, ToolCall, Usage } from '../../core/decoded/assembly.ts';
import { computePace } from '../../core/decoded/pace.ts';
import type { WireMessage } from '../../core/decoded/decoded.ts';
import type { Milliseconds } from '../../core/units.ts';
import { MOST_PARTS } from '../decoder.ts';
import type { Delta, ReadEvents } from './llm-event.ts';

/** A message with its place in the session. */
export interface TimedMessage extends WireMessage {
  readonly row: number;
  readonly at: Milliseconds;
}

/** Puts the answers of one connection together, message by message. */
export interface Assembler {
  /** Work in proportion to the message. */
  take: (message: TimedMessage) => void;
  /** As far as they came, in the order in which they began; several where a call asks for several, or a connection lasts. */
  assemblies: () => Assembly[];
}

/** Of one answer; what comes beyond is still counted, put together and timed with the last one. */
const MOST_PIECES = 200_000;

interface Draft {
  /** Which of a call's answers. */
  readonly answer: number;
  id?: string;
  model?: string;
  text: string;
  thinking: string;
  readonly toolCalls: { id?: string; name?: string; arguments: string }[];
  /** By the provider's name for it: where it stands in the list. */
  readonly toolPlaces: Map<string, number>;
  usage: Usage;
  stopReason?: string;
  isDone: boolean;
  failure?: string;
  readonly pieces: Piece[];
  askedAt: Milliseconds | undefined;
}

/** @param askedAt when the connection began, where that is when the page asked */
export function createAssembler(read: ReadEvents, askedAt?: Milliseconds): Assembler {
  const drafts: Draft[] = [];
  let asked = askedAt;
  let model: string | undefined;

  function draftFor(delta: Delta): Draft {
    const answer = delta.answer ?? 0;
    const known = drafts.findLast((draft) => draft.answer === answer);
    if (known !== undefined && !(known.isDone && delta.is === 'begin')) return known;
    const draft: Draft = {
      answer,
      text: '',
      thinking: '',
      toolCalls: [],
      toolPlaces: new Map(),
      usage: {},
      isDone: false,
      pieces: [],
      askedAt: asked,
      ...(model !== undefined && { model }),
    };
    drafts.push(draft);
    return draft;
  }

  return {
    take: (message) => {
      const events = read(message) ?? [];
      if (message.direction === 'sent') {
        if (events.length === 0) return;
        asked = message.at;
        const [begin] = events[0]?.deltas ?? [];
        model = begin?.is === 'begin' ? begin.model : undefined;
        return;
      }
      for (const { deltas } of events) {
        for (const delta of deltas) {
          if (drafts.length < MOST_PARTS || delta.is !== 'begin')
            apply(draftFor(delta), delta, message);
          // An end is one of the call.
          if (delta.is === 'end') for (const draft of drafts) draft.isDone = true;
        }
      }
    },
    assemblies: () => drafts.map(assemblyOf),
  };
}

function apply(draft: Draft, delta: Delta, message: TimedMessage): void {
  switch (delta.is) {
    case 'begin':
      if (delta.id !== undefined) draft.id ??= delta.id;
      if (delta.model !== undefined) draft.model = delta.model;
      return;
    case 'text':
    case 'thinking':
      addPiece(draft, message, {
        into: delta.is,
        from: draft[delta.is].length,
        length: delta.text.length,
      });
      draft[delta.is] += delta.text;
      return;
    case 'tool':
      applyTool(draft, delta, message);
      return;
    case 'usage':
      draft.usage = { ...draft.usage, ...delta.usage };
      return;
    case 'stop':
      draft.stopReason = delta.reason;
      return;
    case 'fail':
      draft.failure = delta.reason;
      return;
    case 'end':
      draft.isDone = true;
  }
}

function applyTool(draft: Draft, delta: Delta & { is: 'tool' }, message: TimedMessage): void {
  const { key, id, name, isWhole = false } = delta;
  const place = draft.toolPlaces.get(key) ?? draft.toolCalls.length;
  draft.toolPlaces.set(key, place);
  const call = (draft.toolCalls[place] ??= { arguments: '' });
  if (id !== undefined) call.id = id;
  if (name !== undefined) call.name = name;
  const given = delta.arguments ?? '';
  // Told as a whole after its pieces, it adds nothing.
  if (isWhole && call.arguments !== '') return;
  addPiece(draft, message, {
    into: 'tool-call',
    toolCall: place,
    from: call.arguments.length,
    length: given.length,
  });
  call.arguments += given;
}

function addPiece(
  { pieces }: Draft,
  { row, at }: TimedMessage,
  piece: Omit<Piece, 'row' | 'at'>,
): void {
  if (pieces.length === MOST_PIECES) pieces.pop();
  pieces.push({ row, at, ...piece });
}

function assemblyOf(draft: Draft): Assembly {
  const { id, model, text, thinking, usage, stopReason, isDone, failure, pieces, askedAt } = draft;
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    text,
    thinking,
    toolCalls: draft.toolCalls.map((call): ToolCall => ({ ...call })),
    usage,
    ...(stopReason !== undefined && { stopReason }),
    isDone,
    ...(failure !== undefined && { failure }),
    pieces,
    pace: computePace(pieces, usage, askedAt),
  };
}
