/**
 * Events of Chrome's “Trace Event Format” in JSON, as Perfetto's trace processor reads them. Times are microseconds.
 * https://perfetto.dev/docs/getting-started/other-formats
 */
export type TraceEvent =
  | MetadataEvent
  | CompleteEvent
  | AsyncEvent<'b'>
  | AsyncEvent<'e'>
  | FlowEvent<'s'>
  | FlowEvent<'f'>
  | CounterEvent;

interface OnTrack {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds from the session's start. */
  readonly ts: number;
}

/** The name of a process or thread. */
export interface MetadataEvent {
  readonly ph: 'M';
  readonly name: 'process_name' | 'thread_name' | 'thread_sort_index';
  readonly pid: number;
  readonly tid?: number;
  readonly args: { readonly name: string } | { readonly sort_index: number };
}

/** A slice. Slices of one thread lie inside each other or apart. */
export interface CompleteEvent extends OnTrack {
  readonly ph: 'X';
  readonly cat: string;
  readonly dur: number;
  readonly args: object;
}

/** The beginning or end of what may overlap others of its kind. */
export interface AsyncEvent<Phase extends 'b' | 'e'> extends OnTrack {
  readonly ph: Phase;
  readonly cat: string;
  readonly id: string;
  readonly args?: object;
}

/** An arrow from the slice at one time to the slice at another. */
export interface FlowEvent<Phase extends 's' | 'f'> extends OnTrack {
  readonly ph: Phase;
  readonly cat: string;
  readonly id: number;
  /** The end binds to the slice around it, not to the next one. */
  readonly bp?: 'e';
}

export interface CounterEvent extends OnTrack {
  readonly ph: 'C';
  readonly args: Readonly<Record<string, number>>;
}
