import { TraceError } from '../trace-error.ts';

/** Cuts text that comes in chunks into lines, holding no more than the line that is not yet whole. */
export interface LineSplitter {
  /** The lines that this chunk ends. */
  push: (chunk: string) => string[];
  /** What stands after the last line break. */
  rest: () => string;
}

/** @param longest a line of more characters is refused, not collected */
export function createLineSplitter(longest: number): LineSplitter {
  let begun = '';
  let lines = 0;
  return {
    push: (chunk) => {
      const [first = '', ...more] = chunk.split('\n');
      if (begun.length + first.length > longest) {
        throw new TraceError(`the line has more than ${longest} characters.`, lines + 1);
      }
      begun += first;
      const last = more.pop();
      if (last === undefined) return [];
      const whole = [begun, ...more];
      begun = last;
      lines += whole.length;
      return whole;
    },
    rest: () => begun,
  };
}
