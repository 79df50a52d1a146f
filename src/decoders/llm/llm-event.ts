import type { Usage } from '../../core/decoded/assembly.ts';
import type { WireMessage } from '../../core/decoded/decoded.ts';

/** What one event adds to an answer. */
export type Delta = { readonly answer?: number } & (
  | { readonly is: 'begin'; readonly id?: string; readonly model?: string }
  | { readonly is: 'text' | 'thinking'; readonly text: string }
  | {
      readonly is: 'tool';
      /** Which of the answer's tool calls, as the provider numbers or names them. */
      readonly key: string;
      readonly id?: string;
      readonly name?: string;
      readonly arguments?: string;
      /** All of the arguments, in the place of what came before. */
      readonly isWhole?: boolean;
    }
  | { readonly is: 'usage'; readonly usage: Usage }
  | { readonly is: 'stop'; readonly reason: string }
  | { readonly is: 'end' }
  | { readonly is: 'fail'; readonly reason: string }
);

/** One event of a provider's stream. */
export interface LlmEvent {
  readonly kind: string;
  /** JSON as it stands in the message, or a word. */
  readonly text: string;
  readonly deltas: readonly Delta[];
  readonly isHeartbeat?: true;
  readonly isControl?: true;
}

/** Reads the events of a provider; stateful where events are cut across messages. Never throws. */
export type ReadEvents = (message: WireMessage) => readonly LlmEvent[] | undefined;

export interface LlmDialect {
  readonly createReadEvents: () => ReadEvents;
}

/** What ends most event streams of this trade. */
export const DONE = '[DONE]';
export const doneEvent: LlmEvent = {
  kind: 'done',
  text: DONE,
  deltas: [{ is: 'end' }],
  isControl: true,
};
