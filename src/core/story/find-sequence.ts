import type { MessageFact } from '../facts.ts';
import { type MessageNumber, numbersIn } from './message-numbers.ts';
import {
  compareSequence,
  type SequenceOutcome,
  type SequenceValues,
  steadiness,
} from './sequence.ts';

/** A sequence that messages carry, and what became of it. */
export interface FoundSequence {
  /** `event IDs`, or the path of a field. */
  name: string;
  outcomes: SequenceOutcome[];
  /** How many values of it were seen, and how many steps by one. */
  values: number;
}

/** Of all steps of a sequence so many are by one. */
export const STEADY = 0.7;
/** How apps call a field that counts. */
export const SEQUENCE_NAMES =
  /(?:^|\.|\])(?:seq\w*|sequence\w*|n|nr|no|num|number|index|offset|counter|count|version|rev|id)$/iu;

/** Finds the field that counts messages, in what was received before and after an outage. */
export function findSequence(
  before: readonly (readonly MessageFact[])[],
  after: readonly MessageFact[],
): FoundSequence | undefined {
  const fields = new Map<string, Map<string, SequenceValues>>();
  const add = (path: string, group: string, value: number, list: number | undefined): void => {
    if (group !== ALL) add(path, ALL, value, list);
    let groups = fields.get(path);
    if (groups === undefined) {
      groups = new Map<string, SequenceValues>();
      fields.set(path, groups);
    }
    let values = groups.get(group);
    if (values === undefined) {
      values = { before: before.map(() => []), after: [] };
      groups.set(group, values);
    }
    (list === undefined ? values.after : values.before[list])?.push(value);
  };
  before.forEach((messages, index) => {
    readNumbers(messages, (path, group, value) => {
      add(path, group, value, index);
    });
  });
  readNumbers(after, (path, group, value) => {
    add(path, group, value, undefined);
  });
  let best: { name: string; groups: SequenceValues[]; rank: number; values: number } | undefined;
  for (const [name, groups] of fields) {
    const whole = groups.get(ALL);
    const divided = [...groups].filter(([group]) => group !== ALL).map(([, values]) => values);
    for (const parts of whole === undefined ? [divided] : [[whole], divided]) {
      const { steps, byOne } = sumOf(parts);
      if (byOne < 2 || byOne < STEADY * steps) continue;
      const bonus = name === EVENT_IDS ? 3 : SEQUENCE_NAMES.test(name) ? 2 : 1;
      const rank = byOne * bonus;
      const values = parts.reduce(
        (sum, each) => sum + each.after.length + each.before.flat().length,
        0,
      );
      if (best === undefined || rank > best.rank) best = { name, groups: parts, rank, values };
    }
  }
  if (best === undefined) return undefined;
  const outcomes = best.groups.map(compareSequence).filter((outcome) => outcome !== undefined);
  return { name: best.name, outcomes, values: best.values };
}

export const EVENT_IDS = 'event IDs';
/** One count over all kinds of messages, beside one for each kind. */
const ALL = '*';

function readNumbers(
  messages: readonly MessageFact[],
  see: (path: string, group: string, value: number) => void,
): void {
  let lastId: string | undefined;
  for (const message of messages) {
    for (const { path, group, value } of countsOf(message, lastId)) see(path, group, value);
    lastId = message.lastEventId;
  }
}

/**
 * The whole numbers that a message carries: its event ID, its payload, or fields of it.
 * @param lastId the last event ID of the message before; it sticks: an event without one of its own has that
 */
export function countsOf(
  { payload, lastEventId, eventType = '' }: MessageFact,
  lastId: string | undefined,
): MessageNumber[] {
  const hasOwnId =
    lastEventId !== undefined && lastEventId !== lastId && /^\d{1,15}$/u.test(lastEventId);
  const ids = hasOwnId ? [{ path: EVENT_IDS, group: '', value: Number(lastEventId) }] : [];
  if (payload === null) return ids;
  if (/^\d{1,15}$/u.test(typeof payload === 'string' ? payload : '')) {
    return [...ids, { path: 'the payload', group: eventType, value: Number(payload) }];
  }
  const fields = numbersIn(payload);
  return [...ids, ...fields.map((each) => ({ ...each, group: `${eventType} ${each.group}` }))];
}

function sumOf(groups: readonly SequenceValues[]): { steps: number; byOne: number } {
  let [steps, byOne] = [0, 0];
  for (const group of groups) {
    const found = steadiness(group);
    steps += found.steps;
    byOne += found.byOne;
  }
  return { steps, byOne };
}
