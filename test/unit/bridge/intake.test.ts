import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { PROTOCOL } from '../../../src/bridge/envelope.ts';
import type { TapFact } from '../../../src/bridge/tap-record.ts';
import { aFrameHello, aHello, AN_ORIGIN, aTab, evictedFrom } from '../../builders/a-tab.ts';
import { aBatch, blobMessage, created, textMessage } from '../../builders/tap.ts';

const left: TapFact = { kind: 'page-left', at: 50 };
const opened: TapFact = { kind: 'connection-opened', connection: 1, at: 0 };
const ended: TapFact = { kind: 'connection-ended', connection: 1, at: 9, endedBy: 'server' };

describe('documents that present themselves', () => {
  it('wait for the top one, and are in its session in any order', () => {
    const { intake, session, sessions, replies } = aTab();
    intake.hear(1, aFrameHello('early-frame'));
    expect(sessions).toEqual([]);
    expect(replies()).toEqual([]);
    intake.hear(2, aHello('top'));
    intake.hear(3, aFrameHello('late-frame'));
    expect(replies()).toEqual(['2 start 0', '1 start 0', '3 start 0']);
    expect([...session().frames.values()].map(({ url, kind }) => [url, kind])).toEqual([
      ['https://shop.test/top', 'top'],
      ['https://shop.test/early-frame', 'iframe'],
      ['https://shop.test/late-frame', 'iframe'],
    ]);
    expect(session().header).toMatchObject({ url: 'https://shop.test/top', startedAt: AN_ORIGIN });
  });

  it('tell their times on the clock of the top one', () => {
    const { intake, hear, session, facts } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('frame', 1_000));
    hear(2, 1, [created(1), textMessage('a', { at: 25 })]);
    expect(facts().map(({ at }) => at)).toEqual([0, 1_000, 1_000, 1_025]);
    expect(session().connections.get(1)?.frame).toBe(2);
  });

  it('are told to reload when they speak another protocol, whatever they say', () => {
    const { intake, state, sessions, replies } = aTab();
    intake.hear(1, { ...aHello('top'), protocol: PROTOCOL + 1, url: 7 });
    expect(state.otherProtocols).toEqual([PROTOCOL + 1]);
    expect(state.rejected).toBe(0);
    expect(sessions).toEqual([]);
    expect(replies()).toEqual([]);
  });

  it('are not heard before they have said hello', () => {
    const { hear, sessions, state } = aTab();
    hear(7, 1, [created(1)]);
    expect(sessions).toEqual([]);
    expect(state.rejected).toBe(0);
  });
});

describe('a navigation', () => {
  it('begins a new session, and leaves the frames of the old page out', () => {
    const { intake, hear, session, sessions, replies } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('frame'));
    intake.hear(3, aHello('next', {}, 5_000));
    intake.hear(4, aFrameHello('next-frame', 5_001));
    expect(replies().slice(2)).toEqual(['3 start 0', '4 start 0']);
    hear(2, 1, [created(1)]);
    expect(sessions).toHaveLength(2);
    expect([...session().frames.values()].map(({ url }) => url)).toEqual([
      'https://shop.test/next',
      'https://shop.test/next-frame',
    ]);
    expect(session().connections.size).toBe(0);
    intake.relayLeft(2);
    intake.relayLeft(1);
    expect(session().frames.size).toBe(2);
  });

  it('goes on with the session when the log is preserved, and ends what it ended', () => {
    const { intake, hear, session, sessions, state } = aTab();
    state.isLogPreserved = true;
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), opened, left]);
    intake.relayLeft(1);
    intake.hear(2, aHello('next', {}, 5_000));
    hear(2, 1, [created(1)]);
    expect(sessions).toHaveLength(1);
    expect(session().connections.get(1)).toMatchObject({ state: 'closed', endedBy: 'navigation' });
    expect(session().connections.get(2)).toMatchObject({ state: 'connecting', frame: 2 });
    expect(session().frames.get(1)?.removedAt).toBe(50);
  });

  it('back to a page that was kept begins a session with its whole history', () => {
    const { intake, hear, session, sessions, replies } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('frame'));
    hear(1, 1, [created(1), textMessage('a'), left]);
    intake.relayLeft(1);
    intake.relayLeft(2);
    intake.hear(3, aHello('next', {}, 5_000));
    intake.hear(4, aFrameHello('next-frame', 5_001));
    hear(3, 1, [left]);
    hear(4, 1, [left]);
    replies();
    // The page that was left says goodbye, but its relays are still there.
    intake.hear(5, aHello('top', { restored: true }));
    intake.hear(6, { ...aFrameHello('frame'), restored: true });
    expect(replies()).toEqual(['5 start 0', '6 start 0']);
    hear(5, 1, [created(1), textMessage('a'), left, ended]);
    expect(sessions).toHaveLength(3);
    expect([...session().frames.values()].map(({ url }) => url)).toEqual([
      'https://shop.test/top',
      'https://shop.test/frame',
    ]);
    expect(session().messages.length).toBe(1);
  });
});

describe('a batch', () => {
  it('is acknowledged, and taken once however often it comes', () => {
    const { intake, hear, session, state, replies } = aTab();
    intake.hear(1, aHello('top'));
    replies();
    const batch = [created(1), textMessage('a')];
    hear(1, 1, batch);
    hear(1, 1, [...batch, textMessage('b')]);
    expect(replies()).toEqual(['1 acknowledge 2', '1 acknowledge 3']);
    expect(session().messages.length).toBe(2);
    expect(state.rejected).toBe(0);
  });

  it('is none of ours when something before it is missing: it was sent before the start', () => {
    const { intake, hear, session, state, replies } = aTab();
    intake.hear(1, aHello('top'));
    replies();
    hear(1, 40, [textMessage('in flight')], [evictedFrom(1, 3, 3)]);
    expect(replies()).toEqual([]);
    hear(1, 1, [created(1), textMessage('a')]);
    expect(session().messages.length).toBe(1);
    expect(state.rejected).toBe(0);
  });

  it('goes on where a document was when its relay comes back', () => {
    const { intake, hear, session, replies } = aTab();
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), textMessage('a')]);
    intake.disconnected();
    replies();
    intake.hear(1, aHello('top'));
    expect(replies()).toEqual(['1 start 2']);
    hear(1, 3, [textMessage('b')]);
    expect(session().messages.length).toBe(2);
    expect(session().frames.size).toBe(1);
  });

  it('marks what happened before anybody watched', () => {
    const { intake, hear, facts } = aTab();
    intake.watch(AN_ORIGIN + 10);
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), textMessage('a', { at: 9 }), textMessage('b', { at: 10 })]);
    expect(facts().map((fact) => 'early' in fact)).toEqual([false, true, true, false]);
  });

  it('holds the bytes of another realm as ours, and those of any view', () => {
    const { intake, hear, session } = aTab();
    intake.hear(1, aHello('top'));
    const foreign = runInNewContext('new Uint8Array([1, 2, 3]).subarray(1)') as Uint8Array;
    const view = new DataView(new Uint8Array([4, 5]).buffer) as unknown as Uint8Array;
    const about = { dataType: 'arraybuffer', byteLength: 2 } as const;
    hear(1, 1, [
      created(1),
      textMessage('', { ...about, payload: foreign }),
      blobMessage(2),
      {
        kind: 'payload-arrived',
        at: 1,
        message: 3,
        payload: view,
        payloadState: 'whole',
      },
    ]);
    const payloads = [0, 1].map((row) => session().messages.read(row).payload);
    expect(payloads).toEqual([new Uint8Array([2, 3]), new Uint8Array([4, 5])]);
    for (const payload of payloads) expect(payload).toBeInstanceOf(Uint8Array);
  });
});

describe('late bytes', () => {
  const arrived = (message: number): TapFact => ({
    kind: 'payload-arrived',
    at: 1,
    message,
    payload: new Uint8Array([message]),
    payloadState: 'whole',
  });

  it('come to the message that waits for them, and to no other', () => {
    const { intake, hear, session, state } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('frame'));
    hear(1, 1, [created(1), textMessage('a'), blobMessage(1)]);
    hear(2, 1, [created(1), blobMessage(1), arrived(2)]);
    hear(1, 4, [arrived(3), arrived(2), arrived(99)]);
    expect([0, 1, 2].map((row) => session().messages.read(row).payload)).toEqual([
      'a',
      new Uint8Array([3]),
      new Uint8Array([2]),
    ]);
    expect(state.rejected).toBe(0);
  });

  it('are not taken into the next session', () => {
    const { intake, hear, session } = aTab();
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), blobMessage(1)]);
    intake.restart(AN_ORIGIN + 1);
    hear(1, 3, [textMessage('a'), arrived(2)]);
    expect(session().messages.read(0).payload).toBe('a');
  });
});

describe('messages that a tap let go', () => {
  it('are counted once, before and after their connection is known', () => {
    const { intake, hear, session } = aTab();
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1)], [evictedFrom(1, 3, 30)]);
    expect(session().dropped.received).toEqual({ messages: 3, bytes: 30 });
    hear(1, 6, [textMessage('12345')], []);
    intake.hear(1, aBatch({ after: 1, records: [{ n: 5, fact: textMessage('12345') }] }));
    hear(1, 6, [], [evictedFrom(1, 3, 30)]);
    hear(1, 6, [], [evictedFrom(1, 6, 60)]);
    expect(session().dropped.received).toEqual({ messages: 5, bytes: 55 });
    expect(session().droppedBy).toMatchObject({ history: 5, buffer: 0 });
    expect(session().tally.received).toEqual({ messages: 6, bytes: 60 });
  });

  it('are none of the next session’s when they were seen in the one before', () => {
    const { intake, hear, session } = aTab();
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), textMessage('a'), textMessage('b')]);
    intake.restart(AN_ORIGIN + 100);
    hear(1, 4, [textMessage('c')], [evictedFrom(1, 2, 2)]);
    expect(session().dropped.received.messages).toBe(0);
    hear(1, 5, [], [evictedFrom(1, 4, 4)]);
    expect(session().dropped.received.messages).toBe(1);
  });
});

describe('a cleared session', () => {
  it('knows only what is alive, in its present state', () => {
    const { intake, hear, session, state } = aTab();
    intake.watch(AN_ORIGIN);
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('gone'));
    hear(2, 1, [created(1)]);
    intake.relayLeft(2);
    hear(1, 1, [created(1), opened, ended, created(2), textMessage('a', { connection: 2 })]);
    intake.restart(AN_ORIGIN + 100);
    expect(session().frames.size).toBe(1);
    expect(session().messages.length).toBe(0);
    expect([...session().connections.values()]).toMatchObject([
      { id: 1, url: 'wss://shop.test/2', state: 'connecting', createdAt: -100, early: true },
    ]);
    hear(1, 6, [
      textMessage('b', { connection: 2, at: 120 }),
      { ...ended, connection: 2, at: 130 },
    ]);
    expect(session().messages.read(0)).toMatchObject({ connection: 1, at: 20, payload: 'b' });
    expect(session().connections.get(1)).toMatchObject({ state: 'failed', endedAt: 30 });
    expect(state.rejected).toBe(0);
  });

  it('hears in silence what a page still does with connections that are over', () => {
    const { intake, hear, session, state } = aTab();
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), ended]);
    intake.restart(AN_ORIGIN + 100);
    const next = created(2, { transport: 'websocket', continues: 1 });
    hear(1, 3, [textMessage('too late', { discarded: true }), next], [evictedFrom(1, 1, 1)]);
    expect(state.rejected).toBe(0);
    expect(session().messages.length).toBe(0);
    expect(session().channels).toHaveLength(1);
  });

  it('takes a document in anew that was away when it began', () => {
    const { intake, hear, session, state, replies } = aTab();
    state.isLogPreserved = true;
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), left]);
    intake.relayLeft(1);
    intake.hear(2, aHello('next', {}, 5_000));
    intake.restart(AN_ORIGIN + 6_000);
    replies();
    intake.hear(3, aHello('top', { restored: true }));
    expect(replies()).toEqual(['3 start 0']);
    hear(3, 1, [created(1), left, textMessage('back', { at: 9_000 })]);
    expect(session().frames.get(2)?.url).toBe('https://shop.test/top');
    expect(session().messages.length).toBe(1);
    expect(state.rejected).toBe(0);
  });

  it('is none when nothing was recorded', () => {
    const { intake, sessions } = aTab();
    intake.restart(AN_ORIGIN);
    expect(sessions).toEqual([]);
  });
});

describe('what a document tells of itself', () => {
  it('is of its frame, and goes on in a session that was cleared', () => {
    const { intake, hear, session, facts } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('frame'));
    hear(2, 1, [
      { kind: 'visibility-changed', at: 9, isHidden: true },
      { kind: 'online-changed', at: 10, isOnline: false },
      { kind: 'online-changed', at: 20, isOnline: true },
      created(1),
    ]);
    expect(session().frames.get(2)).toMatchObject({
      hidden: [{ from: 10 }],
      offline: [{ from: 11, to: 21 }],
    });
    expect(session().frames.get(1)).toMatchObject({ hidden: [], offline: [] });
    intake.restart(AN_ORIGIN + 50);
    const told = facts().filter(({ kind }) => kind.endsWith('-changed'));
    expect(told).toEqual([{ kind: 'visibility-changed', frame: 2, at: -40, isHidden: true }]);
    hear(2, 5, [left]);
    expect(session().frames.get(2)?.hidden).toEqual([{ from: -40, to: 1 }]);
  });
});

describe('a relay that leaves', () => {
  it('takes its frame along, once', () => {
    const { intake, hear, session, facts } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('frame'));
    hear(2, 1, [created(1), left]);
    intake.relayLeft(2);
    intake.relayLeft(2);
    intake.relayLeft(99);
    expect(facts().filter(({ kind }) => kind === 'frame-removed')).toHaveLength(1);
    expect(session().frames.get(1)?.removedAt).toBeUndefined();
  });

  it('is not the one that came in its place', () => {
    const { intake, session } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aHello('top'));
    intake.relayLeft(1);
    expect(session().frames.get(1)?.removedAt).toBeUndefined();
    intake.relayLeft(2);
    expect(session().frames.get(1)?.removedAt).toBe(0);
  });
});

describe('a hub that dies', () => {
  it('takes no frame along, but those that are not back at the sweep', () => {
    const { intake, session } = aTab();
    intake.hear(1, aHello('top'));
    intake.hear(2, aFrameHello('frame'));
    intake.disconnected();
    intake.hear(1, aHello('top'));
    intake.sweep();
    expect(session().frames.get(1)?.removedAt).toBeUndefined();
    expect(session().frames.get(2)?.removedAt).toBeDefined();
  });

  it('costs no session when the page is back only after the sweep', () => {
    const { intake, hear, session, sessions, replies } = aTab();
    intake.hear(1, aHello('top'));
    hear(1, 1, [created(1), textMessage('a')]);
    intake.disconnected();
    intake.sweep();
    replies();
    intake.hear(1, aHello('top'));
    expect(replies()).toEqual(['1 start 2']);
    hear(1, 3, [textMessage('b')]);
    expect(sessions).toHaveLength(1);
    expect(session().messages.length).toBe(2);
  });
});

describe('what no tap of ours could have sent', () => {
  it('is refused and counted, record by record, and does no harm', () => {
    const { intake, hear, session, state } = aTab();
    intake.hear(1, aHello('top'));
    hear(1, 1, [
      created(1),
      created(1),
      textMessage('nowhere', { connection: 7 }),
      { kind: 'connection-ended', connection: 7, at: 1, endedBy: 'page' },
      created(2, { transport: 'eventsource', continues: 1 }),
      textMessage('nowhere', { connection: 2 }),
      created(2),
      created(3, { continues: 99 }),
      textMessage('a', { connection: 2 }),
    ]);
    expect(state.rejected).toBe(5);
    expect(session().messages.length).toBe(1);
    expect([...session().connections.keys()]).toEqual([1, 2, 3]);
    expect(session().connections.get(2)?.transport).toBe('websocket');
  });

  it('is refused and counted as an envelope', () => {
    const { intake, state } = aTab();
    for (const odd of [undefined, 'hello', {}, { kind: 'hello' }, { kind: 'records' }]) {
      intake.hear(1, odd);
    }
    expect(state.rejected).toBe(5);
  });
});
