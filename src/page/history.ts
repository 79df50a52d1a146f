import type { TapFact } from '../bridge/tap-record.ts';
import type { MessageFact } from '../core/facts.ts';
import type { Chosen } from './ended-connections.ts';
import type { KeptRecord } from './kept-record.ts';
import { createLifeList, type TallyOf } from './life-list.ts';
import type { TapLimits } from './limits.ts';
import { createMessageList, type MessageList } from './message-list.ts';

/**
 * What a tap remembers: facts about connections, and a bounded stretch of messages. It is the history for a panel that
 * opens late and the buffer for one that lags, in one place; the two lists are sent as one, by number.
 */
export interface History extends Pick<MessageList, 'fill' | 'trim'> {
  append: (n: number, fact: TapFact, bytes: number) => KeptRecord;
  /** The next record to send. Walks forward only; `rewind` goes back. */
  peek: () => KeptRecord | undefined;
  advance: () => void;
  /** The next record to send becomes the first one after this number. */
  rewind: (after: number) => void;
  /** Forgets everything. */
  clear: () => void;
  /** Lets connections go that have ended, with all their messages. */
  letGo: (connections: Chosen, acknowledged: number, tallyOf: TallyOf) => void;
}

export function createHistory(
  limits: TapLimits,
  onEvicted: (message: MessageFact) => void,
): History {
  let life = createLifeList();
  let messages = createMessageList(limits, onEvicted);

  /** The list whose next record has the lower number. */
  function nextList(): Pick<MessageList, 'peek' | 'advance'> {
    const fact = life.peek();
    if (fact === undefined) return messages;
    const message = messages.peek();
    return message === undefined || fact.n < message.n ? life : messages;
  }

  return {
    append: (n, fact, bytes) => {
      const node: KeptRecord = { n, fact, bytes, next: undefined };
      const { kind } = fact;
      (kind === 'message' || kind === 'payload-arrived' ? messages : life).append(node);
      return node;
    },
    fill: (node, payload) => {
      messages.fill(node, payload);
    },
    peek: () => nextList().peek(),
    advance: () => {
      nextList().advance();
    },
    rewind: (after) => {
      life.rewind(after);
      messages.rewind(after);
    },
    trim: (delivered) => {
      messages.trim(delivered);
    },
    clear: () => {
      life = createLifeList();
      messages = createMessageList(limits, onEvicted);
    },
    letGo: (connections, acknowledged, tallyOf) => {
      messages.letGo(connections);
      life.letGo(connections, acknowledged, tallyOf);
    },
  };
}
