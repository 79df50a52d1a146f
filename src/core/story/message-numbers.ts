import type { Payload } from '../facts.ts';

/** A whole number in a payload, and where it stood. */
export interface MessageNumber {
  /** The end of the path of its field: `[1].seq`. */
  path: string;
  /** What kind of message it was in, by its own names for that: an event, a topic, a room. */
  group: string;
  value: number;
}

/** Longer payloads cost more to read than they tell. */
const LONGEST = 16_384;
const MOST_NUMBERS = 1_000;
const DEEPEST = 8;
/** Elements of an array that can be the parts of an envelope; longer ones are a list of messages. */
const MOST_PARTS = 6;
/** How much of a path names a field: a message stands elsewhere when it comes again in a list of many. */
const NAMED_BY = 2;
const LONGEST_NAME = 40;
/** Fields that say which stream of messages one belongs to. */
const NAMES =
  /^(?:type|event|kind|op|action|method|target|channel|topic|stream|subject|room|symbol|id?name)$/iu;

const utf8 = new TextDecoder();

/**
 * The whole numbers in a payload of JSON, also where a protocol put something around it: digits in front (Socket.IO),
 * headers (STOMP, MQTT), separators between several (SignalR, lines), JSON in a text of JSON (SockJS).
 */
export function numbersIn(payload: Payload): MessageNumber[] {
  if (payload.length > LONGEST) return [];
  const text = typeof payload === 'string' ? payload : utf8.decode(payload);
  return documentsIn(text).flatMap((document) => {
    const found: MessageNumber[] = [];
    const names: string[] = [];
    collect(document, '', DEEPEST, found, names);
    const group = names.join(' ');
    return found.map((number) => ({ ...number, group }));
  });
}

function documentsIn(text: string): unknown[] {
  const whole = parse(text);
  if (whole !== undefined) return [whole];
  return text.replaceAll(RECORD_SEPARATOR, '\n').split('\n').flatMap(inLine);
}

/** Among bytes of another format (Yjs) objects of JSON still stand out. */
function inLine(line: string): unknown[] {
  const whole = parse(line);
  if (whole !== undefined) return [whole];
  return (line.match(FLAT_OBJECT) ?? []).map(parse).filter((document) => document !== undefined);
}

/** What SignalR ends its messages with. */
const RECORD_SEPARATOR = '\u001e';
const FLAT_OBJECT = /\{"[^{}]*\}/gu;

/** From the first bracket to the last. */
function parse(text: string): unknown {
  const begin = text.search(/[[{]/u);
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'));
  if (begin === -1 || end < begin) return undefined;
  try {
    return JSON.parse(text.slice(begin, end + 1));
  } catch {
    return undefined;
  }
}

function collect(
  value: unknown,
  path: string,
  depth: number,
  found: Omit<MessageNumber, 'group'>[],
  names: string[],
): void {
  if (found.length >= MOST_NUMBERS || depth === 0) return;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && value >= 0) found.push({ path: endOf(path), value });
  } else if (typeof value === 'string') {
    const isNested = value.length > 1 && (value.startsWith('{') || value.startsWith('['));
    const inner = isNested ? parse(value) : undefined;
    if (inner !== undefined) collect(inner, path, depth - 1, found, names);
  } else if (Array.isArray(value)) {
    const elements = value as unknown[];
    const isList = elements.length > MOST_PARTS || elements.every(isRecord);
    elements.forEach((element, index) => {
      if (!isList) addName(element, names);
      collect(element, isList ? path : `${path}[${index}]`, depth - 1, found, names);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      if (NAMES.test(name)) addName(field, names);
      collect(field, path === '' ? name : `${path}.${name}`, depth - 1, found, names);
    }
  }
}

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function endOf(path: string): string {
  return path.split('.').slice(-NAMED_BY).join('.');
}

/** Numbers in quotes count something themselves. */
function addName(value: unknown, names: string[]): void {
  const isName =
    typeof value === 'string' && value.length <= LONGEST_NAME && !/^\d|[{[]/u.test(value);
  if (isName) names.push(value);
}
