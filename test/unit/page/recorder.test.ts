import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Records } from '../../../src/bridge/envelope.ts';
import type { TapLimits } from '../../../src/page/limits.ts';
import { createRecorder, type Recorder } from '../../../src/page/recorder.ts';
import { blobMessage, created, limitsOf, textMessage, wordsOf } from '../../builders/tap.ts';

// The taps capture the timers when they are loaded.
vi.hoisted(() => vi.useFakeTimers());
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(() => {
  vi.clearAllTimers();
});

function aRecorder(limits: Partial<TapLimits> = {}) {
  const sent: Records[] = [];
  const last: boolean[] = [];
  const recorder = createRecorder(limitsOf(limits), (batch, isLast) => {
    sent.push(structuredClone(batch));
    last.push(isLast);
  });
  return {
    recorder,
    last,
    texts: (...texts: string[]) => {
      for (const text of texts) recorder.record(textMessage(text), text.length);
    },
    start: (after = 0) => recorder.obey({ kind: 'start', after }),
    acknowledge: (through: number) => recorder.obey({ kind: 'acknowledge', through }),
    stop: () => recorder.obey({ kind: 'stop' }),
    /** Batches since the last look. */
    sent: () => sent.splice(0),
    words: () => wordsOf(sent.splice(0)),
  };
}

const numbersOf = (batches: readonly Records[]) =>
  batches.map(({ records }) => records.map(({ n }) => n));

describe('an unwatched recorder', () => {
  it('sends nothing, whatever happens', () => {
    const { recorder, texts, acknowledge, stop, sent } = aRecorder({ batchRecords: 1 });
    texts('a', 'b');
    fail(recorder, 'somewhere', new Error('broken'));
    recorder.complete(recorder.record(blobMessage(1)), null);
    acknowledge(1);
    stop();
    vi.runAllTimers();
    recorder.leave();
    texts('last');
    expect(sent()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends nothing again after a stop, also not what a timer was to send', () => {
    const { start, stop, texts, sent } = aRecorder();
    start();
    texts('a');
    stop();
    vi.runAllTimers();
    texts('b');
    vi.runAllTimers();
    expect(sent()).toEqual([]);
  });
});

describe('a watched recorder', () => {
  it('gathers records for a moment, in their order', () => {
    const { recorder, start, texts, sent } = aRecorder({ batchDelay: 50 });
    start();
    recorder.record(created(recorder.nextConnection()));
    texts('a', 'b');
    vi.advanceTimersByTime(49);
    expect(sent()).toEqual([]);
    vi.advanceTimersByTime(1);
    const batches = sent();
    expect(wordsOf(batches)).toEqual(['connection-created', 'a', 'b']);
    expect(numbersOf(batches)).toEqual([[1, 2, 3]]);
  });

  it('sends a full batch at once', () => {
    const { start, texts, sent } = aRecorder({ batchRecords: 2 });
    start();
    texts('a', 'b', 'c');
    expect(numbersOf(sent())).toEqual([[1, 2]]);
    vi.runAllTimers();
    expect(numbersOf(sent())).toEqual([[3]]);
  });

  it('puts no more bytes into a batch than it may, but always one record', () => {
    const { start, texts, sent } = aRecorder({ batchBytes: 4 });
    texts('aa', 'bb', 'c', 'dddddd', 'e');
    start();
    expect(numbersOf(sent())).toEqual([[1, 2], [3], [4], [5]]);
  });

  it('says with each batch which record went before it', () => {
    const { start, texts, sent } = aRecorder({ batchRecords: 2 });
    texts('a', 'b', 'c', 'd');
    start();
    expect(sent().map(({ after }) => after)).toEqual([0, 2]);
    start(3);
    expect(sent().map(({ after }) => after)).toEqual([3]);
  });

  it('waits for the panel when as many records are under way as may be', () => {
    const { start, acknowledge, texts, sent } = aRecorder({ batchRecords: 2, windowRecords: 4 });
    start();
    texts('a', 'b', 'c', 'd', 'e', 'f');
    vi.runAllTimers();
    expect(numbersOf(sent())).toEqual([
      [1, 2],
      [3, 4],
    ]);
    acknowledge(2);
    expect(sent()).toEqual([]);
    acknowledge(4);
    expect(numbersOf(sent())).toEqual([[5, 6]]);
  });

  it('waits for the panel when as many bytes are under way as may be', () => {
    const { start, acknowledge, texts, words } = aRecorder({ batchBytes: 1, windowBytes: 3 });
    start();
    texts('aa', 'bb', 'cc');
    expect(words()).toEqual(['aa', 'bb']);
    acknowledge(1);
    expect(words()).toEqual([]);
    acknowledge(2);
    expect(words()).toEqual(['cc']);
  });

  it('sends exactly what comes after the number that a start names', () => {
    const { recorder, start, texts, words } = aRecorder();
    recorder.record(created(1));
    texts('a', 'b');
    start(2);
    expect(words()).toEqual(['b']);
    start(0);
    expect(words()).toEqual(['connection-created', 'a', 'b']);
    start(3);
    expect(words()).toEqual([]);
  });

  it('sends again what was under way when the wire broke, and opens its window', () => {
    const { start, texts, sent } = aRecorder({ batchRecords: 1, windowRecords: 2 });
    start();
    texts('a', 'b', 'c');
    expect(numbersOf(sent())).toEqual([[1], [2]]);
    start(1);
    expect(numbersOf(sent())).toEqual([[2], [3]]);
  });

  it('is not put off by acknowledgements that come late', () => {
    const { start, acknowledge, texts, words } = aRecorder({ batchRecords: 1, windowRecords: 1 });
    start();
    texts('a', 'b');
    acknowledge(1);
    expect(words()).toEqual(['a', 'b']);
    acknowledge(0);
    texts('c');
    expect(words()).toEqual([]);
    acknowledge(2);
    expect(words()).toEqual(['c']);
  });
});

describe('what a recorder had to let go', () => {
  it('is told in exact totals by connection and direction, before what is left', () => {
    const { recorder, start, sent } = aRecorder({ historyMetadata: 2 });
    const say = (connection: number, text: string, direction: 'sent' | 'received', at: number) =>
      recorder.record(textMessage(text, { connection, direction, at }), text.length);
    say(1, 'a', 'sent', 1);
    say(2, 'bb', 'received', 2);
    say(1, 'ccc', 'received', 3);
    say(1, 'dddd', 'received', 4);
    say(2, 'x', 'sent', 5);
    say(2, 'y', 'sent', 6);
    start();
    const [batch] = sent();
    expect(batch?.evicted).toEqual([
      {
        connection: 1,
        at: 4,
        where: 'history',
        sent: { messages: 1, bytes: 1 },
        received: { messages: 2, bytes: 7 },
      },
      {
        connection: 2,
        at: 2,
        where: 'history',
        sent: { messages: 0, bytes: 0 },
        received: { messages: 1, bytes: 2 },
      },
    ]);
    expect(batch?.records.map(({ n }) => n)).toEqual([5, 6]);
  });

  it('leaves out what never left the page', () => {
    const { recorder, start, sent } = aRecorder({ historyMetadata: 1 });
    recorder.record(textMessage('late', { direction: 'sent', discarded: true }), 4);
    recorder.record(textMessage('now'), 3);
    start();
    const none = { messages: 0, bytes: 0 };
    expect(sent()[0]?.evicted).toMatchObject([{ sent: none, received: none }]);
  });

  it('is told once, and again to whoever starts', () => {
    const { start, texts, sent } = aRecorder({ historyMetadata: 1, batchRecords: 1 });
    texts('a', 'b');
    start();
    texts('c');
    expect(sent().map(({ evicted }) => evicted.length)).toEqual([1, 0]);
    start(1);
    expect(sent().map(({ evicted }) => evicted.length)).toEqual([1, 0]);
  });

  it('is the doing of the buffer while somebody watches, and of the history else', () => {
    const limits = { batchRecords: 1, windowRecords: 1, bufferMessages: 2, historyMetadata: 2 };
    const { start, stop, texts, sent } = aRecorder(limits);
    const told = () => sent().flatMap(({ evicted }) => evicted.map(({ where }) => where));
    start();
    texts('a', 'b', 'c', 'd');
    start(0);
    expect(told()).toEqual(['buffer']);
    stop();
    texts('e');
    start(0);
    expect(told()).toEqual(['history']);
  });
});

describe('the late bytes of a Blob', () => {
  const bytes = new Uint8Array([1, 2]);

  it('go with their message when it was not sent yet', () => {
    const { recorder, start, sent } = aRecorder();
    recorder.complete(recorder.record(blobMessage(2)), bytes);
    start();
    const [batch] = sent();
    expect(batch?.records).toHaveLength(1);
    expect(batch?.records[0]?.fact).toMatchObject({ payload: bytes, payloadState: 'whole' });
  });

  it('follow their message when it was sent', () => {
    const { recorder, start, sent } = aRecorder();
    start();
    const kept = recorder.record(blobMessage(2));
    vi.runAllTimers();
    expect(sent()[0]?.records[0]?.fact).toMatchObject({ payload: null, payloadState: 'pending' });
    recorder.complete(kept, bytes);
    vi.runAllTimers();
    expect(sent()[0]?.records.map(({ fact }) => fact)).toMatchObject([
      { kind: 'payload-arrived', message: 1, payload: bytes, payloadState: 'whole' },
    ]);
  });

  it('follow their message also when it is about to be sent again', () => {
    const { recorder, start, texts, sent } = aRecorder({ batchRecords: 1, windowRecords: 2 });
    texts('a', 'b');
    const kept = recorder.record(blobMessage(2));
    start(1);
    start(0);
    sent();
    recorder.complete(kept, bytes);
    start(2);
    expect(sent().flatMap(({ records }) => records.map(({ fact }) => fact.kind))).toEqual([
      'message',
      'payload-arrived',
    ]);
  });

  it('are said to be unreadable when they are', () => {
    const { recorder, start, sent } = aRecorder();
    recorder.complete(recorder.record(blobMessage(2)), null);
    start();
    expect(sent()[0]?.records[1]?.fact).toMatchObject({
      kind: 'payload-arrived',
      message: 1,
      payload: null,
      payloadState: 'unreadable',
    });
  });
});

describe('a document that goes away', () => {
  it('sends everything that was not acknowledged at once, past every window', () => {
    const limits = { batchRecords: 2, windowRecords: 2 };
    const { recorder, start, acknowledge, texts, sent, last } = aRecorder(limits);
    start();
    texts('a', 'b', 'c', 'd', 'e');
    acknowledge(1);
    sent();
    last.length = 0;
    recorder.leave();
    expect(sent().map(({ after, records }) => [after, records.map(({ n }) => n)])).toEqual([
      [1, [2, 3]],
      [3, [4, 5]],
    ]);
    expect(last).toEqual([true, true]);
  });

  it('sends what is still recorded without waiting, until it stays', () => {
    const { recorder, start, texts, words } = aRecorder();
    start();
    recorder.leave();
    texts('a', 'b');
    expect(words()).toEqual(['a', 'b']);
    recorder.stay();
    texts('c');
    expect(words()).toEqual([]);
    vi.runAllTimers();
    expect(words()).toEqual(['c']);
  });

  it('answers an acknowledgement with nothing when it has nothing to say', () => {
    const { recorder, start, acknowledge, texts, sent } = aRecorder();
    start();
    texts('a');
    recorder.leave();
    sent();
    acknowledge(1);
    expect(sent()).toEqual([]);
  });
});

describe('failures of ours', () => {
  it('never come out of an attempt', () => {
    const { recorder } = aRecorder();
    expect(() => {
      fail(recorder, 'send', new Error('broken'));
    }).not.toThrow();
  });

  it('are reported once for each place, in their own words', () => {
    const { recorder, start, sent } = aRecorder();
    const silent = Object.defineProperty({}, 'message', {
      get: () => {
        throw new Error('page code ran');
      },
    });
    fail(recorder, 'send', new Error('broken'));
    fail(recorder, 'send', new TypeError('broken otherwise'));
    fail(recorder, 'close', 'broken');
    for (const error of [silent, null, 7, { message: 7 }]) fail(recorder, 'odd', error);
    start();
    expect(sent()[0]?.records.map(({ fact }) => fact)).toMatchObject([
      { kind: 'tap-failed', message: 'send: broken' },
      { kind: 'tap-failed', message: 'close: broken' },
      { kind: 'tap-failed', message: 'odd: failed' },
    ]);
  });
});

function fail(recorder: Recorder, where: string, error: unknown): void {
  recorder.attempt(where, () => {
    throw error;
  });
}

describe('the first connection', () => {
  it('runs what waits for it once, just before it is counted', () => {
    const { recorder, start, words } = aRecorder({ batchRecords: 1 });
    start();
    recorder.beforeFirst(() => {
      recorder.record({ kind: 'visibility-changed', at: 1, isHidden: true });
    });
    expect(words()).toEqual([]);
    recorder.record(created(recorder.nextConnection()));
    recorder.record(created(recorder.nextConnection()));
    expect(words()).toEqual(['visibility-changed', 'connection-created', 'connection-created']);
  });
});
