import { formatCountOf } from '../../core/format.ts';
import { isJson } from '../../core/payload/json-scan.ts';
import { MOST_PARTS } from '../decoder.ts';
import type { Found } from './format.ts';

export function findJson(text: string): Found | undefined {
  if (!isJson(text)) return undefined;
  return { layer: { protocol: 'json', summary: '', content: { as: 'json', text } } };
}

/** Lines of JSON objects or lists, two or more; empty ones between them do not count. RFC 7464 puts RS before each. */
export function jsonLinesOf(text: string): string[] | undefined {
  if (!text.includes('\n') && !text.includes('\u001e', 1)) return undefined;
  const lines: string[] = [];
  for (const line of linesIn(text)) {
    if (line.trim() === '') continue;
    if (lines.length >= MOST_PARTS || !isJson(line)) return undefined;
    lines.push(line);
  }
  return lines.length > 1 ? lines : undefined;
}

function* linesIn(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    const line = text.slice(text[from] === '\u001e' ? from + 1 : from, to);
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    from = to + 1;
  }
}

export function findJsonLines(text: string): Found | undefined {
  const lines = jsonLinesOf(text);
  if (lines === undefined) return undefined;
  const summary = formatCountOf(lines.length, 'line');
  return { layer: { protocol: 'ndjson', summary, content: { as: 'text', text } } };
}
