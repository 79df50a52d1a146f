import type { Data } from '../decoded/data.ts';
import { isMap } from '../decoded/data.ts';
import type { Direction } from '../facts.ts';
import { keyText } from '../shape/shape.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import type { TakenStep } from './pair-book.ts';

/** A message whose protocol names no pairs. */
export interface LooseMessage {
  readonly connection: number;
  readonly row: number;
  readonly at: Milliseconds;
  readonly byteLength: Bytes;
  readonly direction: Direction;
  readonly kind: string;
  readonly data: Data;
}

/** Two fields that carry the same ids: one asks, the other answers. */
export interface FoundIds {
  readonly asker: Direction;
  readonly askField: string;
  readonly answerField: string;
  /** Why, in plain words. */
  readonly evidence: string;
  /** Every request with such an id and each answer to one, in the order of the messages. */
  readonly steps: readonly TakenStep[];
}

/** Finds requests and answers by ids that an app writes into its own messages. */
export interface IdFinder {
  take: (message: LooseMessage) => void;
  /** The pair of fields that explains the most; `undefined` where chance explains it as well. */
  find: () => FoundIds | undefined;
}

/** Names that carry what tells one request from another, without case and joints; counters of a feed (`seq`) do not. */
const ID_NAMES = new Set(
  'id uid uuid guid rid cid mid ref tag nonce txn tx callback ack re inreplyto replyto reqno requestno'.split(
    ' ',
  ),
);
const ID_ENDING = /(?:[a-z\d]I[dD]|_id|-id)$/u;
const LONGEST_ID = 80;
const MOST_OUTSTANDING = 10_000;
const MOST_LINKS = 24;
const FEWEST_MATCHES = 3;
const FEWEST_ANSWERED = 0.5;
const FEWEST_MATCHED = 0.6;

interface AskField {
  asked: number;
  /** Values that had been asked with before: an id is used once. */
  repeated: number;
  readonly used: Set<string>;
  readonly outstanding: Map<string, TakenStep>;
}

interface AnswerField {
  seen: number;
}

interface MatchedFields {
  readonly asker: Direction;
  readonly askField: string;
  readonly answerField: string;
  readonly steps: TakenStep[];
  matches: number;
}

const other = (direction: Direction): Direction => (direction === 'sent' ? 'received' : 'sent');

export function createIdFinder(): IdFinder {
  const asks = new Map<string, AskField>();
  const answers = new Map<string, AnswerField>();
  const links = new Map<string, MatchedFields>();

  function match(message: LooseMessage, name: string, value: string): void {
    const asker = other(message.direction);
    const fieldKey = `${message.direction} ${name}`;
    const answer = answers.get(fieldKey) ?? { seen: 0 };
    answers.set(fieldKey, answer);
    answer.seen += 1;
    for (const [askKey, { outstanding }] of asks) {
      if (!askKey.startsWith(asker)) continue;
      const key = `${message.connection} ${value}`;
      const asked = outstanding.get(key);
      if (asked === undefined) continue;
      const linkKey = `${askKey} ${name}`;
      let link = links.get(linkKey);
      if (link === undefined) {
        if (links.size >= MOST_LINKS) continue;
        const askField = askKey.slice(asker.length + 1);
        link = { asker, askField, answerField: name, steps: [], matches: 0 };
        links.set(linkKey, link);
      }
      link.matches += 1;
      link.steps.push(asked, stepOf(message, 'answer', value, asker));
    }
  }

  function ask(message: LooseMessage, name: string, value: string): void {
    const askKey = `${message.direction} ${name}`;
    let field = asks.get(askKey);
    if (field === undefined) {
      if (asks.size >= MOST_LINKS) return;
      field = { asked: 0, repeated: 0, used: new Set(), outstanding: new Map() };
      asks.set(askKey, field);
    }
    const key = `${message.connection} ${value}`;
    field.asked += 1;
    if (field.used.has(key)) field.repeated += 1;
    field.used.add(key);
    field.outstanding.set(key, stepOf(message, 'ask', value, message.direction));
    forgetOldest(field.used);
    forgetOldest(field.outstanding);
  }

  function settle(message: LooseMessage, values: readonly (readonly [string, string])[]): void {
    const asker = other(message.direction);
    for (const [askKey, { outstanding }] of asks) {
      if (!askKey.startsWith(asker)) continue;
      // The first answer is the answer; what else carries the id belongs to something else.
      for (const [, value] of values) outstanding.delete(`${message.connection} ${value}`);
    }
  }

  function isSound({ asker, askField, answerField, matches }: MatchedFields): boolean {
    const asked = asks.get(`${asker} ${askField}`);
    const answer = answers.get(`${other(asker)} ${answerField}`);
    if (asked === undefined || answer === undefined || matches < FEWEST_MATCHES) return false;
    return (
      matches >= FEWEST_ANSWERED * asked.asked &&
      matches >= FEWEST_MATCHED * answer.seen &&
      asked.repeated <= 0.1 * asked.asked
    );
  }

  return {
    take: (message) => {
      const values = idsIn(message.data);
      if (values.length === 0) return;
      for (const [name, value] of values) match(message, name, value);
      settle(message, values);
      for (const [name, value] of values) ask(message, name, value);
    },
    find: () => {
      const sound = [...links.values()].filter(isSound).sort((a, b) => b.matches - a.matches);
      const [best] = sound;
      if (best === undefined) return undefined;
      const { asker, askField, answerField, matches } = best;
      const field = asks.get(`${asker} ${askField}`);
      const unanswered = field?.outstanding.values() ?? [];
      const steps = [...best.steps, ...unanswered].sort((a, b) => a.row - b.row);
      return {
        asker,
        askField,
        answerField,
        evidence: `${matches} of ${field?.asked ?? 0} values of “${askField}” in ${asker} messages came back in “${answerField}”`,
        steps,
      };
    },
  };
}

function forgetOldest(kept: Set<string> | Map<string, TakenStep>): void {
  if (kept.size <= MOST_OUTSTANDING) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}

function stepOf(
  { connection, row, at, byteLength, kind }: LooseMessage,
  step: 'ask' | 'answer',
  id: string,
  asker: Direction,
): TakenStep {
  return { connection, row, at, byteLength, kind, pair: { step, id, asker } };
}

/** Fields that may carry an id: those of the message, and of the objects right inside it. */
function idsIn(data: Data): [name: string, value: string][] {
  const found: [string, string][] = [];
  if (!isMap(data)) return found;
  for (const [key, value] of data.entries) {
    const name = keyText(key);
    pushId(found, name, value);
    if (typeof value !== 'object' || value === null || !isMap(value)) continue;
    for (const [inner, each] of value.entries) pushId(found, `${name}.${keyText(inner)}`, each);
    if (found.length > 16) break;
  }
  return found;
}

function pushId(found: [string, string][], name: string, value: Data): void {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (!ID_ENDING.test(last) && !ID_NAMES.has(last.replace(/[_-]/gu, '').toLowerCase())) return;
  if (typeof value === 'string' && value !== '' && value.length <= LONGEST_ID) {
    found.push([name, value]);
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    found.push([name, String(value)]);
  }
}
