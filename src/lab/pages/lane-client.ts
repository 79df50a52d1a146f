/**
 * Where a connection stands, as the page knows it:
 * `waiting` between two tries, `closed` when it is over for good, `stopped` when a person ended it.
 */
export type LaneState = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed' | 'stopped';

/** What a client tells the card that shows it. */
export interface LaneReporter {
  state: (state: LaneState) => void;
  received: (text: string) => void;
  sent: (text: string) => void;
  /** A turn in the connection's life, in a few words. */
  note: (words: string) => void;
}

/** One way to get the feed. Starting twice without a stop in between does nothing. */
export interface LaneClient {
  start: () => void;
  stop: () => void;
}
