import { createParser } from 'eventsource-parser';
import type { StreamOddity } from '../facts.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';
import { type BodyReader, type EmitRead, type GapState, LONGEST_MESSAGE } from './body-reader.ts';
import { createGap } from './gap.ts';
import { createLineCutter } from './line-cutter.ts';
import { receivedGap, receivedText } from './received.ts';
import { createPieceText } from './text-pieces.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** Of one stream, and of one line: more tells nothing new. */
const MOST_ODDITIES = 20;
const LONGEST_ODD_LINE = 80;

/** What a client would ignore without a word. */
function oddityOf(line: string): StreamOddity | undefined {
  if (line.startsWith(BYTE_ORDER_MARK)) return 'byte-order-mark';
  if (line.startsWith('retry:') && !/^retry: ?[0-9]+$/u.test(line)) return 'bad-retry';
  return /^id:[^]*\0/u.test(line) ? 'nul-in-id' : undefined;
}

/**
 * Reads `text/event-stream` (HTML, “Parsing an event stream” and “Interpreting an event stream”).
 *
 * The parser is fed line by line: so an event is told as soon as its blank line is there, also where lines
 * end in CR alone; and the last event ID stays known, which HTML sets at every blank line and the
 * parser only tells together with data. As HTML prescribes, an event that the end of the body cut is none.
 */
export function createEventStreamReader(
  connection: number,
  emit: EmitRead,
  longest = LONGEST_MESSAGE,
): BodyReader {
  const text = createPieceText(false);
  const gap = createGap();
  /** After a gap the first line may be the end of another one, and the first event half an event. */
  let isInHalfLine = false;
  let isAfterReturn = false;
  let lastEventId = '';
  let eventBytes = 0;
  let now: Milliseconds = 0;
  let isAtBeginning = true;
  /** A field came, and no blank line yet; comments are no event. */
  let isInEvent = false;
  let oddities = 0;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      const message = receivedText(connection, now, data);
      emit({ ...message, eventType: event ?? 'message', lastEventId });
    },
    onRetry: (reconnectionTime) => {
      if (!Number.isSafeInteger(reconnectionTime)) return;
      emit({ kind: 'event-stream-noted', connection, at: now, reconnectionTime });
    },
  });
  restart();
  const cutter = createLineCutter(longest, ({ text: line, beyond }) => {
    const bytes = utf8Length(line) + beyond + 1;
    if (beyond > 0) drop(bytes, 'cut');
    else if (gap.isOpen) skip(line, bytes);
    else read(line, bytes);
  });

  /** It would look for a byte order mark in Latin-1; ours is decoded. */
  function restart(): void {
    parser.reset();
    parser.feed('');
    eventBytes = 0;
    isInEvent = false;
  }

  function drop(bytes: Bytes, state: GapState): void {
    gap.widen(eventBytes + bytes, state);
    restart();
  }

  function read(line: string, bytes: number): void {
    eventBytes += bytes;
    if (eventBytes > longest && line !== '') {
      drop(0, 'cut');
      return;
    }
    noteId(line);
    const oddity = oddityOf(line);
    if (oddity !== undefined) tellOddity(oddity, line);
    if (line.startsWith(':')) {
      emit({ kind: 'event-stream-noted', connection, at: now, comment: line.slice(1) });
    } else {
      parser.feed(`${line}\n`);
    }
    if (line === '') eventBytes = 0;
    isInEvent = line !== '' && (isInEvent || !line.startsWith(':'));
  }

  /** HTML: a field value loses one leading space, and an ID with U+0000 is ignored. */
  function noteId(line: string): void {
    const field = /^id(?:: ?(.*))?$/su.exec(line);
    if (field === null) return;
    const [, id = ''] = field;
    if (!id.includes('\0')) lastEventId = id;
  }

  function tellOddity(oddity: StreamOddity, line: string): void {
    oddities += 1;
    if (oddities > MOST_ODDITIES) return;
    const beginning = line.slice(0, LONGEST_ODD_LINE);
    emit({ kind: 'event-stream-noted', connection, at: now, oddity, line: beginning });
  }

  /** A decoder takes the mark of the very first line away, where the page got bytes. */
  function withoutMark(more: string): string {
    if (!isAtBeginning || more === '') return more;
    isAtBeginning = false;
    return more.startsWith(BYTE_ORDER_MARK) ? more.slice(1) : more;
  }

  function skip(line: string, bytes: number): void {
    if (isInHalfLine || line !== '') {
      gap.widen(bytes, 'evicted');
      if (!isInHalfLine) noteId(line);
      isInHalfLine = false;
    } else {
      tellGap();
    }
  }

  function tellGap(): void {
    const closed = gap.close();
    if (closed !== undefined) emit(receivedGap(connection, now, 'string', closed));
  }

  /** Lines end in CRLF, LF or CR; a CR at the end of a piece may be half of a CRLF. */
  function withLineFeeds(more: string): string {
    const rest = isAfterReturn && more.startsWith('\n') ? more.slice(1) : more;
    if (more !== '') isAfterReturn = rest.endsWith('\r');
    return rest.includes('\r') ? rest.replaceAll(/\r\n?/gu, '\n') : rest;
  }

  return {
    take: (at, payload) => {
      now = at;
      cutter.push(withLineFeeds(withoutMark(text.of(payload))));
    },
    lost: (at, bytes, state) => {
      now = at;
      const half = cutter.take();
      text.rest();
      drop(bytes + (half === undefined ? 0 : utf8Length(half.text) + half.beyond), state);
      isInHalfLine = true;
      isAfterReturn = false;
    },
    end: (at, isWhole) => {
      now = at;
      const half = cutter.take();
      const isCutEvent = isInEvent || /^[^:]/u.test(half?.text ?? '');
      if (isWhole && isCutEvent && !gap.isOpen) tellOddity('unfinished-event', half?.text ?? '');
      if (gap.isOpen && half !== undefined) {
        gap.widen(utf8Length(half.text) + half.beyond, 'evicted');
      }
      tellGap();
    },
  };
}
