import { parseStack } from 'error-stack-parser-es/lite';

/** A line of code that led to a connection. */
export interface CallSite {
  name: string;
  url: string;
  /** The file's name, for a short line. */
  short: string;
  /** Both count from 1. */
  line: number;
  column: number;
}

/** The page's own call sites, the nearest first; frames of extensions, ours among them, are left out. */
export function parseInitiator(stack: string | undefined): CallSite[] {
  if (stack === undefined) return [];
  const sites: CallSite[] = [];
  for (const { function: name = '', file: url = '', line = 1, col: column = 1 } of frames(stack)) {
    if (url === '' || /^[a-z]+-extension:/u.test(url)) continue;
    sites.push({ name, url, short: shortName(url), line, column });
  }
  return sites;
}

/** The last part of a path, without query and fragment; the host where the path has none. */
function shortName(url: string): string {
  return url.split(/[?#]/u)[0]?.split('/').findLast(Boolean) ?? url;
}

function frames(stack: string): ReturnType<typeof parseStack> {
  try {
    return parseStack(stack);
  } catch {
    // The text comes from the page; what is no stack has no call sites.
    return [];
  }
}
