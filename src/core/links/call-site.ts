/** Where a page's own code made a connection: the innermost line of the stack. */
export interface CallSite {
  /** The function's name, empty where it has none. */
  readonly name: string;
  /** File, line and column, as the engine wrote them. */
  readonly place: string;
}

/** V8: `    at connect (https://a.test/x.js:10:5)` or without a name; SpiderMonkey: `connect@https://a.test/x.js:10:5`. */
const V8 = /^\s*at (?:(?:async )?(.*?) \()?([^()\s]+:\d+:\d+)\)?$/u;
const SPIDERMONKEY = /^(.*?)@(.+:\d+:\d+)$/u;
/** Stacks are as deep as the page likes; the line that matters stands on top. */
const LINES_READ = 4;

export function callSite(stack: string | undefined): CallSite | undefined {
  if (stack === undefined) return undefined;
  for (const line of stack.split('\n', LINES_READ)) {
    const [, name = '', place] = V8.exec(line) ?? SPIDERMONKEY.exec(line) ?? [];
    if (place !== undefined) return { name, place };
  }
  return undefined;
}

/** `connect (x.js:10:5)` */
export function shortSite({ name, place }: CallSite): string {
  const short = place.replace(/^.*\//u, '');
  return name === '' ? short : `${name} (${short})`;
}
