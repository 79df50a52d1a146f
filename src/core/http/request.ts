import type {
  ConnectionClosing,
  ConnectionCreated,
  ConnectionEnded,
  ConnectionErrored,
  ConnectionOpened,
  EventStreamNoted,
  MessageFact,
  MessagesDropped,
} from '../facts.ts';

/** The APIs with which a page makes requests. */
export const REQUEST_APIS = ['fetch', 'xhr'] as const;
export type RequestApi = (typeof REQUEST_APIS)[number];

export interface RequestCreated extends Omit<
  ConnectionCreated,
  'frame' | 'source' | 'transport' | 'link' | 'continues' | 'early'
> {
  transport: RequestApi;
}

/**
 * What is told of one request, in the order in which the page saw it. A received message is a piece
 * of the body; a piece without its payload is a gap.
 */
export type RequestFact =
  | RequestCreated
  | ConnectionOpened
  | ConnectionClosing
  | ConnectionErrored
  | ConnectionEnded
  | MessageFact
  | MessagesDropped;

/** A fact of a real-time connection that a request amounts to, under the request's own number. */
export type SortedFact =
  | Omit<ConnectionCreated, 'frame' | 'source' | 'early'>
  | Exclude<RequestFact, RequestCreated>
  | EventStreamNoted;

export type EmitSorted = (fact: SortedFact) => void;
