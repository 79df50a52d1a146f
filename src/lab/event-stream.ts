/**
 * The event stream format.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
import type { Milliseconds } from '../core/units.ts';

export interface StreamEvent {
  /** Absent: the default type `message`. */
  readonly type?: string;
  /** Absent: the page keeps the last event ID it has. */
  readonly id?: string;
  readonly data: string;
}

/** Every line of the data gets a field of its own; an empty text is one empty `data:`. */
export function encodeEvent(event: StreamEvent): string {
  const head =
    (event.type === undefined ? '' : `event: ${event.type}\n`) +
    (event.id === undefined ? '' : `id: ${event.id}\n`);
  const data = event.data
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('');
  return `${head}${data}\n`;
}

/** A comment; neither pages nor DevTools see it, proxies do. */
export function encodeComment(text: string): string {
  return `: ${text}\n\n`;
}

/** The reconnection time that the page should use from now on. */
export function encodeRetry(retry: Milliseconds): string {
  return `retry: ${retry}\n\n`;
}
