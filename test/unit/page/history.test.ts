import { describe, expect, it } from 'vitest';
import type { MessageFact } from '../../../src/core/facts.ts';
import { createHistory, type History } from '../../../src/page/history.ts';
import type { TapLimits } from '../../../src/page/limits.ts';
import { blobMessage, created, limitsOf, textMessage } from '../../builders/tap.ts';

/** A history that nobody watches: everything counts as delivered. */
function aHistory(limits: Partial<TapLimits>) {
  const evicted: MessageFact[] = [];
  const history = createHistory(limitsOf(limits), (message) => evicted.push(message));
  let n = 0;
  return {
    history,
    evicted,
    add: (fact: Parameters<History['append']>[1], bytes = 0) => {
      n += 1;
      const kept = history.append(n, fact, bytes);
      history.trim(n);
      return kept;
    },
    /** What is still there, from a record number on. */
    from: (after: number) => {
      history.rewind(after);
      const seen: string[] = [];
      for (let kept = history.peek(); kept !== undefined; kept = history.peek()) {
        const { n: number, fact } = kept;
        const what = fact.kind === 'message' ? (fact.payload ?? fact.payloadState) : fact.kind;
        seen.push(`${number} ${String(what)}`);
        history.advance();
      }
      return seen;
    },
  };
}

describe('the history of a tap', () => {
  it('keeps the payloads of its latest messages, and the rest of all of them', () => {
    const { add, from, evicted } = aHistory({ historyMessages: 2 });
    for (const text of ['a', 'b', 'c', 'd']) add(textMessage(text), 1);
    expect(from(0)).toEqual(['1 evicted', '2 evicted', '3 c', '4 d']);
    expect(evicted).toEqual([]);
  });

  it('keeps no more payload bytes than it may, the latest first', () => {
    const { add, from } = aHistory({ historyBytes: 10 });
    for (const text of ['aaaa', 'bbbb', 'cc', 'dddd']) add(textMessage(text), text.length);
    expect(from(0)).toEqual(['1 evicted', '2 bbbb', '3 cc', '4 dddd']);
    add(textMessage('x'.repeat(11)), 11);
    expect(from(0).slice(-1)).toEqual(['5 evicted']);
  });

  it('lets whole messages go beyond its limit, oldest first, and says which', () => {
    const { add, from, evicted } = aHistory({ historyMetadata: 2 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) add(textMessage(text), 1);
    expect(from(0)).toEqual(['4 d', '5 e']);
    expect(evicted.map(({ byteLength }) => byteLength)).toEqual([1, 1, 1]);
  });

  it('keeps every fact about connections, in its place between the messages', () => {
    const { add, from } = aHistory({ historyMetadata: 1, historyMessages: 1 });
    add(created(1));
    add(textMessage('a'), 1);
    add({ kind: 'connection-errored', connection: 1, at: 1 });
    add(textMessage('b'), 1);
    add({ kind: 'connection-ended', connection: 1, at: 2, endedBy: 'page' });
    expect(from(0)).toEqual([
      '1 connection-created',
      '3 connection-errored',
      '4 b',
      '5 connection-ended',
    ]);
    expect(from(3)).toEqual(['4 b', '5 connection-ended']);
    expect(from(5)).toEqual([]);
  });

  it('holds more for a panel that lags than for nobody', () => {
    const limits = { historyMessages: 1, historyMetadata: 1, bufferMessages: 3, bufferBytes: 2 };
    const { history, from, evicted } = aHistory(limits);
    for (let n = 1; n <= 5; n += 1) {
      history.append(n, textMessage('x'), 1);
      history.trim(0);
    }
    expect(evicted).toHaveLength(2);
    expect(from(0)).toEqual(['3 evicted', '4 x', '5 x']);
    history.trim(5);
    expect(from(0)).toEqual(['5 x']);
  });

  it('goes on after the record that it was about to send is let go', () => {
    const { add, history, from } = aHistory({ historyMetadata: 2 });
    add(textMessage('a'), 1);
    expect(history.peek()?.n).toBe(1);
    add(textMessage('b'), 1);
    add(textMessage('c'), 1);
    expect(history.peek()?.n).toBe(2);
    history.advance();
    history.advance();
    expect(history.peek()).toBeUndefined();
    add(textMessage('d'), 1);
    expect(history.peek()?.n).toBe(4);
    expect(from(0)).toEqual(['3 c', '4 d']);
  });

  it('takes the late bytes of a message that still waits for them, and of no other', () => {
    const { add, history, from } = aHistory({ historyMessages: 1, historyBytes: 4 });
    const first = add(blobMessage(3));
    const second = add(blobMessage(3));
    const text = add(textMessage('t'), 1);
    history.fill(first, new Uint8Array([1, 2, 3]));
    history.fill(second, new Uint8Array([1, 2, 3]));
    history.fill(text, new Uint8Array([1, 2, 3]));
    expect(from(0)).toEqual(['1 evicted', '2 evicted', '3 t']);
    const last = add(blobMessage(3));
    history.fill(last, new Uint8Array([4, 5, 6]));
    expect(from(3)).toEqual(['4 4,5,6']);
    add(blobMessage(5), 5);
    expect(from(3)).toEqual(['4 evicted', '5 evicted']);
  });
});
