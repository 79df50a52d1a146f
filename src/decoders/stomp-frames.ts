import type { Payload } from '../core/facts.ts';

export interface StompFrame {
  readonly command: string;
  /** As sent, in their order; the first of a doubled one counts. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Payload;
}

/** What stands at a place of what came: a frame, a heart-beat, the beginning of one, or what is none. */
export type StompFind =
  | { readonly is: 'frame'; readonly frame: StompFrame; readonly end: number }
  | { readonly is: 'heart-beat'; readonly end: number }
  | { readonly is: 'unfinished' }
  | { readonly is: 'fault'; readonly offset: number; readonly reason: string };

/** Frames in bytes: their lengths count bytes, and a body may hold NUL. */
export function findFrame(bytes: Uint8Array, at: number, isBinary: boolean): StompFind {
  const first = bytes[at];
  if (first === 0x0a) return { is: 'heart-beat', end: at + 1 };
  if (first === 0x0d && bytes[at + 1] === 0x0a) return { is: 'heart-beat', end: at + 2 };
  const bodyAt = endOfHead(bytes, at);
  const head = decode(bytes.subarray(at, bodyAt ?? at + LONGEST_HEAD));
  const [command = '', ...lines] = head.trimEnd().split(/\r?\n/u);
  if (!/^[A-Z]{3,20}$/u.test(command)) {
    return bodyAt === undefined && /^[A-Z]{0,20}$/u.test(head)
      ? { is: 'unfinished' }
      : { is: 'fault', offset: at, reason: 'a STOMP command was expected' };
  }
  if (bodyAt === undefined) {
    return bytes.length - at > LONGEST_HEAD
      ? { is: 'fault', offset: at, reason: `headers longer than ${LONGEST_HEAD} bytes` }
      : { is: 'unfinished' };
  }
  const headers = lines.map((line) => readHeader(line, command));
  const length = headers.find(([name]) => name === 'content-length')?.[1];
  const end = endOfBody(bytes, bodyAt, length);
  if (end === undefined) return { is: 'unfinished' };
  if (bytes[end] !== 0)
    return { is: 'fault', offset: end, reason: 'a NUL was expected after the body' };
  const body = bytes.subarray(bodyAt, end);
  const frame = { command, headers, body: isBinary ? body : decode(body) };
  return { is: 'frame', frame, end: end + 1 };
}

const LONGEST_HEAD = 64 * 1024;
const decoder = new TextDecoder();
const decode = (bytes: Uint8Array) => decoder.decode(bytes);

/** After the empty line. */
function endOfHead(bytes: Uint8Array, at: number): number | undefined {
  const most = Math.min(bytes.length, at + LONGEST_HEAD);
  for (let index = at; index < most; index += 1) {
    if (bytes[index] !== 0x0a) continue;
    if (bytes[index + 1] === 0x0a) return index + 2;
    if (bytes[index + 1] === 0x0d && bytes[index + 2] === 0x0a) return index + 3;
  }
  return undefined;
}

function endOfBody(
  bytes: Uint8Array,
  from: number,
  length: string | undefined,
): number | undefined {
  if (length !== undefined && /^\d{1,12}$/u.test(length)) {
    const end = from + Number(length);
    return end < bytes.length ? end : undefined;
  }
  const end = bytes.indexOf(0, from);
  return end === -1 ? undefined : end;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\r': '\r',
  '\\c': ':',
  '\\\\': '\\',
};

/** CONNECT and CONNECTED escape nothing, so that versions before 1.1 understand them. */
function readHeader(line: string, command: string): [string, string] {
  const colon = line.indexOf(':');
  const words = colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
  const [name = '', value = ''] = command.startsWith('CONNECT')
    ? words
    : words.map((word) => word.replace(/\\[nrc\\]/gu, (escape) => ESCAPED[escape] ?? escape));
  return [name, value];
}
