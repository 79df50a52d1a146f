import type { DirectionTally } from '../facts.ts';
import { formatCount, formatCountOf } from '../format.ts';
import type { MessageStore } from '../message-store.ts';
import type { Pair } from '../pairs/pair-book.ts';
import { emptyTally } from '../tally.ts';
import type { Milliseconds } from '../units.ts';
import type { DirectionMeasures, DirectionUsed } from './measures.ts';
import type { ClassOfRow, RowClass } from './row-class.ts';
import type { Talk } from './talk.ts';

/** What one side says only within so long after opening, and so seldom on one connection, opens the talk … */
const OPENING: Milliseconds = 2_000;
const MOST_OPENING_WORDS = 3;
/** … if the other side goes on to say so many times as much. */
const OUTWEIGHS = 4;
/** Share of messages that belong to requests and answers. */
const MOSTLY = 0.8;
/** Share of messages that follow one of the other side, and how many there must be. */
const IN_TURN = 0.95;
const FEWEST_IN_TURN = 6;

/** What the app says, apart from heartbeats, chatter and opening words. */
interface Words {
  readonly sent: number[];
  readonly received: number[];
  /** Rows by connection, in their order. */
  readonly inOrder: (readonly number[])[];
}

/** Who really talks in these conversations. @param dropped messages that were not kept, of which nobody knows what they were */
export function directionUsed(
  talks: readonly Talk[],
  messages: MessageStore,
  classOf: ClassOfRow,
  pairs: readonly Pair[],
  dropped: number,
): Omit<DirectionMeasures, 'backChannel'> {
  const opening = openingWords(talks, messages, classOf);
  const finalClass: ClassOfRow = (row) => (opening.rows.has(row) ? 'chatter' : classOf(row));
  const tallies: Record<RowClass, DirectionTally> = {
    app: emptyTally(),
    heartbeat: emptyTally(),
    chatter: emptyTally(),
  };
  const words: Words = { sent: [], received: [], inOrder: [] };
  for (const { rows } of talks) {
    const own: number[] = [];
    for (const row of rows) {
      const rowClass = finalClass(row);
      const direction = messages.isSent(row) ? 'sent' : 'received';
      const tally = tallies[rowClass][direction];
      tally.messages += 1;
      tally.bytes += messages.byteLength(row);
      if (rowClass !== 'app') continue;
      words[direction].push(row);
      own.push(row);
    }
    words.inOrder.push(own);
  }
  const { used, why } = judge(words, messages, pairs);
  const asides = [
    ...(opening.rows.size > 0
      ? [`${formatCountOf(opening.rows.size, `message`)} ${opening.side} only on opening set aside`]
      : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} dropped messages are not in this`] : []),
  ];
  return {
    used,
    why: `${[why, ...asides].join('; ')}.`,
    app: tallies.app,
    heartbeats: tallies.heartbeat,
    chatter: tallies.chatter,
  };
}

/** A page that says what it wants, or a server that greets, does not make a two-way talk. */
function openingWords(
  talks: readonly Talk[],
  messages: MessageStore,
  classOf: ClassOfRow,
): { rows: ReadonlySet<number>; side: 'sent' | 'received' } {
  for (const side of ['sent', 'received'] as const) {
    const rows = new Set<number>();
    let others = 0;
    let areAllEarly = true;
    for (const { connection, rows: said } of talks) {
      const since = connection.openedAt ?? connection.createdAt;
      let own = 0;
      for (const row of said) {
        if (classOf(row) !== 'app') continue;
        if (messages.isSent(row) !== (side === 'sent')) {
          others += 1;
          continue;
        }
        own += 1;
        rows.add(row);
        areAllEarly &&= own <= MOST_OPENING_WORDS && messages.at(row) <= since + OPENING;
      }
    }
    if (areAllEarly && rows.size > 0 && others >= OUTWEIGHS * rows.size) return { rows, side };
  }
  return { rows: new Set(), side: 'sent' };
}

function judge(
  { sent, received, inOrder }: Words,
  messages: MessageStore,
  pairs: readonly Pair[],
): { used: DirectionUsed; why: string } {
  const said = `${formatCount(sent.length)} sent and ${formatCount(received.length)} received`;
  if (sent.length + received.length === 0) {
    return { used: 'none', why: 'No message of the app' };
  }
  if (sent.length === 0) {
    return {
      used: 'received-only',
      why: `${formatCountOf(received.length, 'message')} received, none sent`,
    };
  }
  if (received.length === 0) {
    return {
      used: 'sent-only',
      why: `${formatCountOf(sent.length, 'message')} sent, none received`,
    };
  }
  const paired = pairedShare([...sent, ...received], pairs);
  if (paired >= MOSTLY) {
    const share = `${Math.round(paired * 100)} %`;
    return {
      used: 'request-answer',
      why: `${said}; ${share} of them are requests and their answers`,
    };
  }
  if (isInTurn(inOrder, messages)) {
    return { used: 'request-answer', why: `${said}, one after the other in turn` };
  }
  return { used: 'two-way', why: `${said}, in the middle of the stream` };
}

function pairedShare(rows: readonly number[], pairs: readonly Pair[]): number {
  const paired = new Set<number>();
  for (const { askRow, answerRow } of pairs) {
    if (answerRow === undefined) continue;
    paired.add(askRow);
    paired.add(answerRow);
  }
  return rows.filter((row) => paired.has(row)).length / rows.length;
}

/** Each side waits for the other. */
function isInTurn(inOrder: Words['inOrder'], { isSent }: MessageStore): boolean {
  let [steps, turns, all] = [0, 0, 0];
  for (const rows of inOrder) {
    all += rows.length;
    for (let index = 1; index < rows.length; index += 1) {
      steps += 1;
      if (isSent(rows[index] ?? 0) !== isSent(rows[index - 1] ?? 0)) turns += 1;
    }
  }
  return all >= FEWEST_IN_TURN && steps > 0 && turns >= IN_TURN * steps;
}
