/** Something about an event stream that its server, or what stands between, should do in another way. */
export interface StreamFinding {
  readonly rule: StreamRule;
  readonly severity: 'info' | 'warning' | 'error';
  /** What was seen, in a sentence. */
  readonly summary: string;
  /** What to do, in a sentence. */
  readonly advice: string;
  /** Rows of messages that show it, and numbers of connections. */
  readonly rows: readonly number[];
  readonly connections: readonly number[];
}

export type StreamRule =
  | 'event-stream-type'
  | 'event-stream-buffered'
  | 'event-stream-retry'
  | 'event-stream-id'
  | 'event-stream-unfinished'
  | 'event-stream-mark'
  | 'event-stream-no-ids'
  | 'event-stream-base64';

/** Rows that are named at most: more show nothing new. */
export const MOST_EVIDENCE = 10;
