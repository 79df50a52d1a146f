import { cutPlace } from '../payload/cut-text.ts';
import type { Bytes } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';

/** Cuts text at line feeds; holds no more of a line than the limit. */
export interface LineCutter {
  push: (text: string) => void;
  /** The line that no line feed has ended, or `undefined` where there is none; it is held no longer. */
  take: () => CutLine | undefined;
}

export interface CutLine {
  /** Without its line feed. */
  text: string;
  /** UTF-8 bytes of the line beyond the limit, which are not in the text. */
  beyond: Bytes;
}

/** @param limit UTF-16 units of one line */
export function createLineCutter(limit: number, onLine: (line: CutLine) => void): LineCutter {
  let text = '';
  let beyond = 0;

  function hold(part: string): void {
    const room = limit - text.length;
    if (part.length <= room) {
      text += part;
      return;
    }
    const end = cutPlace(part, room);
    text += part.slice(0, end);
    beyond += utf8Length(part.slice(end));
  }

  function take(): CutLine | undefined {
    if (text === '' && beyond === 0) return undefined;
    const line = { text, beyond };
    text = '';
    beyond = 0;
    return line;
  }

  return {
    push: (more) => {
      let start = 0;
      for (let end = more.indexOf('\n'); end !== -1; end = more.indexOf('\n', start)) {
        hold(more.slice(start, end));
        onLine(take() ?? { text: '', beyond: 0 });
        start = end + 1;
      }
      if (start < more.length) hold(start === 0 ? more : more.slice(start));
    },
    take,
  };
}
