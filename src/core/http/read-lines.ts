import type { Milliseconds } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';
import { type BodyReader, type EmitRead, LONGEST_MESSAGE } from './body-reader.ts';
import { createGap } from './gap.ts';
import { createLineCutter, type CutLine } from './line-cutter.ts';
import { receivedGap, receivedText } from './received.ts';
import { createPieceText } from './text-pieces.ts';

/**
 * Reads newline-delimited bodies: a message a line, blank ones too. Only a line feed ends a line, and a
 * carriage return before it stays, so that the lines give the body back (`body-text.ts`). What no
 * line feed ended is the last message, and says so.
 */
export function createLineReader(
  connection: number,
  emit: EmitRead,
  longest = LONGEST_MESSAGE,
): BodyReader {
  const text = createPieceText(true);
  const gap = createGap();
  let now: Milliseconds = 0;
  const cutter = createLineCutter(longest, (line) => {
    if (gap.isOpen) tellGap(line);
    else tell(line);
  });

  function tell({ text: line, beyond }: CutLine, isUnterminated = false): void {
    const message = receivedText(connection, now, line);
    if (beyond > 0) {
      message.byteLength += beyond;
      message.payloadState = 'cut';
    }
    emit(isUnterminated ? { ...message, unterminated: true } : message);
  }

  /** The line in which a gap ends is only the rest of a line. */
  function tellGap(half: CutLine | undefined): void {
    if (half !== undefined) gap.widen(lengthOf(half), 'evicted');
    const closed = gap.close();
    if (closed !== undefined) emit(receivedGap(connection, now, 'string', closed));
  }

  return {
    take: (at, payload) => {
      now = at;
      cutter.push(text.of(payload));
    },
    lost: (at, bytes, state) => {
      now = at;
      text.rest();
      const half = cutter.take();
      gap.widen(bytes + (half === undefined ? 0 : lengthOf(half)), state);
    },
    end: (at) => {
      now = at;
      cutter.push(text.rest());
      const last = cutter.take();
      if (gap.isOpen) tellGap(last);
      else if (last !== undefined) tell(last, true);
    },
  };
}

const lengthOf = ({ text, beyond }: CutLine): number => utf8Length(text) + beyond;
