import type { Milliseconds } from '../units.ts';

/** One answer of a language model, put together from the messages that it came in. */
export interface Assembly {
  /** As the provider names the answer. */
  readonly id?: string;
  readonly model?: string;
  readonly text: string;
  /** What the model is said to have thought; not part of its answer. */
  readonly thinking: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: Usage;
  /** In the provider's own word: `stop`, `end_turn`, `tool_calls` … */
  readonly stopReason?: string;
  /** The provider says that nothing follows. */
  readonly isDone: boolean;
  /** In the provider's words, where the answer failed. */
  readonly failure?: string;
  /** What each message added, in their order. */
  readonly pieces: readonly Piece[];
  readonly pace: Pace;
}

export interface ToolCall {
  readonly id?: string;
  readonly name?: string;
  /** JSON as it was put together; a part of it as long as more follows. */
  readonly arguments: string;
}

/** Tokens, as the provider counts and bills them; absent where it does not tell. */
export interface Usage {
  readonly input?: number;
  readonly output?: number;
  /** Part of `input` that came from a cache. */
  readonly cached?: number;
  /** Part of `output` that was thinking. */
  readonly thinking?: number;
}

/** Which row added what: `length` code units at the end of a text. */
export interface Piece {
  readonly row: number;
  readonly at: Milliseconds;
  readonly into: 'text' | 'thinking' | 'tool-call';
  /** Which tool call, where it is one. */
  readonly toolCall?: number;
  readonly from: number;
  readonly length: number;
}

/** How fast an answer came. */
export interface Pace {
  /** When the page asked; absent where that was not seen. */
  readonly askedAt?: Milliseconds;
  readonly firstTokenAt?: Milliseconds;
  readonly lastTokenAt?: Milliseconds;
  readonly timeToFirstToken?: Milliseconds;
  /** From the first to the last piece; absent where that is no time. */
  readonly tokensPerSecond?: number;
  /**
   * How tokens were counted: `usage` as the provider tells, `pieces` one for each piece, which is an estimate, for a piece
   * may hold several tokens.
   */
  readonly countedBy: 'usage' | 'pieces';
  readonly stalls: readonly Stall[];
}

/** Time in which nothing came though the answer was not over. */
export interface Stall {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** Of the message that ended it. */
  readonly row: number;
}
