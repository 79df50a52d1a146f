import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactError } from '../../../src/core/session.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { arbitraryFacts } from '../../builders/arbitrary-session.ts';
import { aSession, sessionOf } from '../../builders/session.ts';

const SOCKET = 'ws://shop.test/quotes';

describe('a session', () => {
  it('gives back the facts it was fed, in their order', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        expect([...sessionOf(facts).facts()]).toEqual(facts);
      }),
    );
  });

  it('follows a connection from connecting to closed', () => {
    const story = aSession().frame().websocket(SOCKET);
    const state = () => story.build().connections.get(1)?.state;
    expect(state()).toBe('connecting');
    story.opens({ subprotocol: 'v2', extensions: '' });
    expect(state()).toBe('open');
    story.closing(1000);
    expect(state()).toBe('closing');
    story.ends({ endedBy: 'page', closeCode: 1000, closeReason: 'bye', wasClean: true });
    expect(story.build().connections.get(1)).toMatchObject({
      state: 'closed',
      openedAt: 2,
      closingAt: 3,
      endedAt: 4,
      endedBy: 'page',
      closeCode: 1000,
      closeReason: 'bye',
      wasClean: true,
      subprotocol: 'v2',
    });
  });

  it('calls a connection failed that ended before it opened', () => {
    const session = aSession().frame().websocket(SOCKET).errors().ends({ endedBy: 'unknown' });
    expect(session.build().connections.get(1)).toMatchObject({ state: 'failed', errors: 1 });
  });

  it('ends the open connections of a frame that goes away, and no others', () => {
    const session = aSession()
      .frame()
      .websocket(SOCKET)
      .opens()
      .frame('https://ads.test/')
      .websocket('ws://ads.test/')
      .opens()
      .removesFrame()
      .build();
    expect(session.connections.get(1)?.state).toBe('open');
    expect(session.connections.get(2)).toMatchObject({ state: 'closed', endedBy: 'navigation' });
    expect(session.frames.get(2)?.removedAt).toBe(session.lastAt);
  });

  it('keeps the reconnects of one EventSource in one channel', () => {
    const session = aSession()
      .frame()
      .eventsource('https://shop.test/events')
      .opens()
      .ends({ endedBy: 'network' })
      .reconnects()
      .build();
    expect(session.channels).toHaveLength(1);
    expect(session.channels[0]?.connections.map(({ id }) => id)).toEqual([1, 2]);
    expect(session.connections.get(1)?.link).toBeUndefined();
    expect(session.connections.get(2)?.link?.basis).toBe('observed');
  });

  it('counts dropped messages into the totals and says how many they are', () => {
    const session = aSession().frame().websocket(SOCKET).sends('12345').drops(2, 3, 10).build();
    const sent = { messages: 3, bytes: 25 };
    const received = { messages: 3, bytes: 30 };
    expect(session.tally).toEqual({ sent, received });
    expect(session.channels[0]?.tally).toEqual({ sent, received });
    expect(session.connections.get(1)?.tally).toEqual({ sent, received });
    expect(session.dropped.received).toEqual({ messages: 3, bytes: 30 });
  });

  it('keeps messages that never left out of the totals', () => {
    const late = { discarded: true as const };
    const session = aSession().frame().websocket(SOCKET).sends('late', late).sends('12').build();
    expect(session.tally.sent).toEqual({ messages: 1, bytes: 2 });
    expect(session.channels[0]).toMatchObject({
      discarded: 1,
      sizes: { smallest: 2, largest: 2 },
      dataTypes: { text: 1, binary: 0 },
    });
    expect(session.messages.length).toBe(2);
  });

  it('keeps the failures of a tap with their frame', () => {
    const session = aSession().frame().tapFails('first').tapFails('second').build();
    expect(session.frames.get(1)?.failures).toEqual(['first', 'second']);
  });

  it('keeps late bytes with their message', () => {
    const pending = { payload: null, payloadState: 'pending', byteLength: 2 } as const;
    const story = aSession().frame().websocket(SOCKET);
    for (let i = 0; i < 3; i += 1) story.receives(new Uint8Array(), pending);
    const session = story.build();
    session.completePayload(0, new Uint8Array([1, 2]), 'whole');
    session.completePayload(1, new Uint8Array([1]), 'cut');
    session.completePayload(2, null, 'unreadable');
    expect(session.messages.read(0)).toMatchObject({ payload: new Uint8Array([1, 2]) });
    const states = [0, 1, 2].map((row) => session.messages.read(row).payloadState);
    expect(states).toEqual(['whole', 'cut', 'unreadable']);
    expect(session.messages.payloadStates).toMatchObject({ pending: 0, whole: 1, cut: 1 });
  });

  it('refuses facts of what no fact introduced, and stays as it was', () => {
    const session = aBusySession().build();
    const before = { facts: [...session.facts()], revision: session.revision };
    const nowhere = { connection: 99, at: 1 };
    const created = { transport: 'websocket', url: 'ws://x/', source: 'page', at: 1 } as const;
    const none = { messages: 0, bytes: 0 };
    for (const impossible of [
      { kind: 'frame-removed', frame: 99, at: 1 },
      { kind: 'tap-failed', frame: 99, at: 1, message: '' },
      { kind: 'visibility-changed', frame: 99, at: 1, isHidden: true },
      { kind: 'online-changed', frame: 99, at: 1, isOnline: false },
      { kind: 'connection-created', connection: 99, frame: 99, ...created },
      { kind: 'connection-created', connection: 1, frame: 1, ...created },
      { kind: 'connection-created', connection: 99, frame: 1, ...created, continues: 98 },
      { kind: 'connection-created', connection: 99, frame: 1, ...created, continues: 2 },
      { kind: 'frame-added', frame: 1, at: 1, url: '', frameKind: 'top' },
      { kind: 'connection-opened', ...nowhere },
      { kind: 'connection-closing', ...nowhere },
      { kind: 'connection-errored', ...nowhere },
      { kind: 'connection-ended', ...nowhere, endedBy: 'page' },
      { kind: 'messages-dropped', ...nowhere, sent: none, received: none, where: 'history' },
    ] as const) {
      expect(() => session.ingest(impossible), JSON.stringify(impossible)).toThrow(FactError);
    }
    expect({ facts: [...session.facts()], revision: session.revision }).toEqual(before);
  });
});
