import { utf8Length } from '../utf8-length.ts';
import type { Bytes } from '../units.ts';

/** What an event stream adds to the data of one event (HTML, “Server-sent events”, section 9.2.5). */
export interface EventFields {
  /** Of its data: each has a field of its own. */
  readonly lines: number;
  /** Where it is not `message`. */
  readonly eventType?: string | undefined;
  /** Where the event has one of its own. */
  readonly id?: string | undefined;
}

/** `data: ` and its line feed; line feeds of the data itself are counted with the data. */
const DATA = 'data: '.length + 1;

/** Fields, their line ends and the blank line: all but the data. */
export function eventOverhead({ lines, eventType, id }: EventFields): Bytes {
  const type =
    eventType === undefined || eventType === 'message' ? 0 : fieldLength('event', eventType);
  const ids = id === undefined ? 0 : fieldLength('id', id);
  // The line feed between two lines of the data is the one that ends a field.
  return type + ids + lines * DATA - (lines - 1) + 1;
}

const fieldLength = (name: string, value: string): Bytes => name.length + 2 + utf8Length(value) + 1;

/** A comment that keeps the connection alive: a colon, and a blank line. */
export const EMPTY_COMMENT: Bytes = 3;

/** Of text data (HTML, “the lines of a stream”): CR LF, LF and CR end one. */
export function lineCount(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 1;
  return text.split(/\r\n|[\n\r]/u).length;
}
