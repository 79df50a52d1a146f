import type { StreamEvent } from './event-stream.ts';

/** The event type that ends the sequence; the page closes its EventSource then. */
export const SEQUENCE_END = 'end';

/** The event types of the sequence that a page has to listen to, besides `message`. */
export const SEQUENCE_TYPES = ['note', 'empty', SEQUENCE_END] as const;

const MEGABYTE = 1024 * 1024;

/** What `/sse/sequence` sends to everyone, in this order. */
export function sseSequence(withUnheard: boolean): readonly StreamEvent[] {
  return [
    { id: '1', data: 'first' },
    { id: '2', data: '{"seq":2,"text":"JSON"}' },
    { id: '3', type: 'note', data: 'emoji 🛰️ and 👩‍👩‍👧, accents é, Chinese 实时' },
    // One empty `data:` line: an event with empty data, not a comment.
    { id: '4', type: 'empty', data: '' },
    { id: '5', data: 'line one\nline two\n\nline four\n' },
    // Without an id: the page keeps the last one.
    { type: 'note', data: 'no id of its own' },
    { id: 'seven 🆔', data: ' leading space stays' },
    ...(withUnheard ? [{ id: '8', type: 'unheard', data: 'no page listens to this type' }] : []),
    { id: '9', data: 'M'.repeat(MEGABYTE) },
    { id: '10', type: SEQUENCE_END, data: 'that was all' },
  ];
}
