import { describe, expect, it } from 'vitest';
import type { MessageFact } from '../../../../src/core/facts.ts';
import type { LogEntry } from '../../../../src/core/network-log/log-entry.ts';
import { createWitness, GRACE } from '../../../../src/core/network-log/witness.ts';
import type { Session } from '../../../../src/core/session.ts';
import { A_HEADER, aSession } from '../../../builders/session.ts';

const START = A_HEADER.startedAt;
const LATER = START + 60_000;

/** An entry that began so many milliseconds after the session. */
function entry(at: number, more: Partial<LogEntry> = {}): LogEntry {
  return {
    kind: 'eventsource',
    url: 'https://shop.test/events',
    method: 'GET',
    connectionId: '1',
    startedAt: START + at,
    duration: 100,
    status: 200,
    httpVersion: 'h2',
    remoteAddress: '10.0.0.1:443',
    requestHeaders: [['accept', 'text/event-stream']],
    responseHeaders: [],
    timings: { wait: 5 },
    script: undefined,
    isEventStream: true,
    messages: [],
    ...more,
  };
}

const event = (at: number, type: string, data: string, id = '') => ({
  time: (START + at) / 1000,
  eventName: type,
  eventId: id,
  data,
});

const frame = (at: number, type: 'send' | 'receive', data: string, opcode = 1) => ({
  time: (START + at) / 1000,
  type,
  opcode,
  data,
});

const told = (session: Session) =>
  [...session.facts()].filter(
    (fact): fact is MessageFact => fact.kind === 'message' && fact.source === 'network-log',
  );

describe('the network log as a witness', () => {
  it('meets a request once that had to wait for a free connection', () => {
    const session = aSession().frame().eventsource('https://shop.test/events').opens().build();
    const witness = createWitness(session);
    witness.hear(entry(0, { connectionId: '', status: 0 }), LATER, false);
    witness.hear(entry(0, { connectionId: '52' }), LATER, false);
    witness.hear(entry(0, { connectionId: '52' }), LATER, true);
    expect(session.connections.size).toBe(1);
    expect([...session.connections.values()][0]?.handshake?.status).toBe(200);
  });

  it('takes nothing of the page before for a worker’s', () => {
    const session = aSession().build();
    const witness = createWitness(session);
    witness.hear(entry(-60, { messages: [] }), LATER, true);
    expect(session.connections.size).toBe(0);
    witness.hear(entry(0, { messages: [] }), LATER, true);
    expect(session.connections.size).toBe(1);
  });

  it('describes the handshake of a connection that a tap saw, once', () => {
    const session = aSession().frame().eventsource('https://shop.test/events').opens().build();
    const witness = createWitness(session);
    witness.hear(entry(1, { status: 0 }), LATER, false);
    expect(session.connections.get(1)?.handshake).toBeUndefined();
    witness.hear(entry(1), LATER, false);
    const { revision } = session;
    witness.hear(entry(1), LATER, false);
    expect(session.revision).toBe(revision);
    expect(session.connections.get(1)?.handshake).toMatchObject({
      status: 200,
      httpVersion: 'h2',
      remoteAddress: '10.0.0.1:443',
      timings: { wait: 5 },
    });
  });

  it('adds the events that no page listens to, and no other, however often it looks', () => {
    const session = aSession()
      .frame()
      .eventsource('https://shop.test/events')
      .receives('a', { eventType: 'message', lastEventId: '1' })
      .receives('a', { eventType: 'message', lastEventId: '1' })
      .build();
    const witness = createWitness(session);
    const messages = [
      event(2, 'message', 'a', '1'),
      event(3, 'unheard', 'a', '1'),
      event(4, 'message', 'a', '1'),
      event(5, 'unheard', 'b', '1'),
    ];
    witness.hear(entry(1, { messages: messages.slice(0, 2) }), LATER, false);
    witness.hear(entry(1, { messages }), LATER, false);
    witness.hear(entry(1, { messages }), LATER, true);
    expect(told(session).map(({ at, eventType, payload }) => [at, eventType, payload])).toEqual([
      [3, 'unheard', 'a'],
      [5, 'unheard', 'b'],
    ]);
  });

  it('waits for what may still be on its way from a tap', () => {
    const session = aSession().frame().eventsource('https://shop.test/events').build();
    const witness = createWitness(session);
    const messages = [event(2, 'message', 'a')];
    witness.hear(entry(1, { messages }), START + 2 + GRACE - 1, false);
    expect(told(session)).toEqual([]);
    session.ingest({
      kind: 'message',
      connection: 1,
      at: 2,
      direction: 'received',
      dataType: 'string',
      byteLength: 1,
      payload: 'a',
      payloadState: 'whole',
      eventType: 'message',
      lastEventId: '',
    });
    witness.hear(entry(1, { messages }), LATER, true);
    expect(told(session)).toEqual([]);
  });

  it('finds the tries of one stream by their times, the browser’s own reconnects too', () => {
    const session = aSession()
      .frame()
      .eventsource('https://shop.test/events')
      .opens()
      .ends({ endedBy: 'unknown' })
      .reconnects()
      .after(8_000)
      .opens()
      .build();
    const witness = createWitness(session);
    witness.hear(entry(7_500, { status: 204 }), LATER, false);
    witness.hear(entry(2, { status: 201 }), LATER, false);
    const statuses = [...session.connections.values()].map(({ handshake }) => handshake?.status);
    expect(statuses).toEqual([201, 204]);
  });

  it('adds a WebSocket message that a tap missed, but not what the log shows wrongly', () => {
    const session = aSession()
      .frame()
      .websocket('wss://shop.test/live')
      .opens()
      .sends(new Uint8Array(3), { dataType: 'blob' })
      .receives('one')
      .build();
    const messages = [
      frame(3, 'send', '', 2),
      frame(4, 'receive', 'one'),
      frame(5, 'receive', 'missed'),
    ];
    createWitness(session).hear(
      entry(1, { kind: 'websocket', url: 'wss://shop.test/live', status: 101, messages }),
      LATER,
      true,
    );
    expect(told(session).map(({ payload }) => payload)).toEqual(['missed']);
  });

  it('does not add again what was dropped and counted', () => {
    const session = aSession().frame().websocket('wss://shop.test/live').drops(0, 1).build();
    const messages = [frame(3, 'receive', 'dropped')];
    createWitness(session).hear(
      entry(1, { kind: 'websocket', url: 'wss://shop.test/live', messages }),
      LATER,
      true,
    );
    expect(told(session)).toEqual([]);
  });

  it('adds a connection that no tap saw, follows it, and ends it', () => {
    const session = aSession().frame().build();
    const witness = createWitness(session);
    const socket = (messages: unknown[]) =>
      entry(10, {
        kind: 'websocket',
        url: 'wss://shop.test/worker',
        status: 101,
        script: 'blob:https://shop.test/1',
        messages,
      });
    witness.hear(socket([]), START + 10 + GRACE, false);
    expect(session.connections.size).toBe(0);
    witness.hear(socket([frame(20, 'send', 'hi')]), LATER, false);
    witness.hear(socket([frame(20, 'send', 'hi'), frame(30, 'receive', 'ho')]), LATER, false);
    expect(session.connections.get(1)).toMatchObject({ source: 'network-log', state: 'open' });
    expect([...session.frames.values()].at(-1)).toMatchObject({
      kind: 'worker',
      url: 'blob:https://shop.test/1',
    });
    witness.hear(socket([frame(20, 'send', 'hi'), frame(30, 'receive', 'ho')]), LATER, true);
    expect(told(session).map(({ direction, payload }) => [direction, payload])).toEqual([
      ['sent', 'hi'],
      ['received', 'ho'],
    ]);
    expect(session.connections.get(1)).toMatchObject({ state: 'closed', endedAt: 110 });
  });

  it('does not add a request whose answer has only just come: its tap tells of it in a moment', () => {
    const session = aSession().frame().build();
    const witness = createWitness(session);
    const stalled = entry(0, { kind: 'request', timings: { blocked: 8_000, wait: 5 } });
    witness.hear(stalled, START + 8_005 + GRACE - 1, false);
    expect(session.connections.size).toBe(0);
    witness.hear(stalled, START + 8_005 + GRACE + 1, false);
    expect(session.connections.size).toBe(1);
  });

  it('gives each try of an EventSource the request that it made, also where one came to nothing', () => {
    const session = aSession().frame().build();
    const url = 'https://shop.test/events';
    // Each try is made as the one before ends, and asks half a second later.
    for (const [connection, at] of [
      [1, 0],
      [2, 1_000],
      [3, 1_504],
      [4, 2_008],
    ] as const) {
      session.ingest({
        kind: 'connection-created',
        connection,
        frame: 1,
        at,
        transport: 'eventsource',
        url,
        source: 'page',
        ...(connection > 1 && { continues: connection - 1 }),
      });
      if (connection > 1) {
        const ended = { kind: 'connection-ended' as const, endedBy: 'unknown' as const };
        session.ingest({ ...ended, connection: connection - 1, at });
      }
      if (connection === 1) session.ingest({ kind: 'connection-opened', connection, at: 5 });
    }
    session.ingest({ kind: 'connection-opened', connection: 4, at: 2_512 });
    const witness = createWitness(session);
    for (const [at, status] of [
      [1, 200],
      [1_502, 0],
      [2_006, 503],
      [2_510, 200],
    ] as const) {
      witness.hear(entry(at, { connectionId: String(at), status }), LATER, true);
    }
    const told = [...session.connections.values()].map(({ handshake }) => handshake?.status);
    expect(told).toEqual([200, undefined, 503, 200]);
  });

  it('leaves other requests, and what is older than the session, alone', () => {
    const session = aSession().frame().build();
    const witness = createWitness(session);
    witness.hear(entry(1, { kind: 'request', isEventStream: false }), LATER, true);
    witness.hear(entry(-GRACE - 1), LATER, true);
    expect(session.connections.size).toBe(0);
    expect(session.frames.size).toBe(1);
  });
});
