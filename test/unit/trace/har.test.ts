import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/core/facts.ts';
import type { Session } from '../../../src/core/session.ts';
import { readHar } from '../../../src/trace/har/read.ts';
import { writeHar } from '../../../src/trace/har/write.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { arbitraryFacts, arbitraryHeader } from '../../builders/arbitrary-session.ts';
import { inChunks } from '../../builders/chunks.ts';
import { aSession, sessionOf } from '../../builders/session.ts';

const write = (session: Session) => [...writeHar(session, { toolVersion: '1.2.3' })].join('');
const read = (text: string) => readHar(inChunks(text, [1000]));

interface Har {
  log: Record<string, unknown> & { entries: Record<string, unknown>[] };
}
const parsed = (session: Session) => JSON.parse(write(session)) as Har;

describe('our HAR', () => {
  it("has the fields of Chrome's, and what HAR cannot say in _wirescope", async () => {
    const text = `${JSON.stringify(parsed(aBusySession().build()), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../fixtures/wirescope.har');
  });

  it('lists WebSocket messages as Chrome does', () => {
    const bytes = new Uint8Array([0, 1, 254, 255]);
    const session = aSession()
      .frame()
      .websocket('ws://a.test/x?q=1')
      .opens()
      .sends('hi')
      .receives(bytes)
      .errors();
    expect(parsed(session.build()).log.entries[0]).toMatchObject({
      _resourceType: 'websocket',
      startedDateTime: '2026-11-20T10:00:00.001Z',
      time: 4,
      request: {
        method: 'GET',
        url: 'ws://a.test/x?q=1',
        queryString: [{ name: 'q', value: '1' }],
        headersSize: -1,
      },
      response: { status: 101, statusText: 'Switching Protocols', redirectURL: '' },
      _webSocketMessages: [
        { type: 'send', time: 1795168800.003, opcode: 1, data: 'hi' },
        { type: 'receive', time: 1795168800.004, opcode: 2, data: 'AAH+/w==' },
        { type: 'error', time: 1795168800.005, opcode: -1, data: '' },
      ],
    });
  });

  it('lists events as Chrome does', () => {
    const session = aSession()
      .frame()
      .eventsource('https://a.test/events')
      .opens()
      .receives('x', { eventType: 'tick', lastEventId: '7' });
    expect(parsed(session.build()).log.entries[0]).toMatchObject({
      _resourceType: 'eventsource',
      response: { status: 200, content: { mimeType: 'text/event-stream' } },
      _eventSourceMessages: [{ time: 1795168800.003, eventName: 'tick', eventId: '7', data: 'x' }],
    });
  });

  it('gives a connection that never opened the status 0', () => {
    const end = { endedBy: 'unknown', closeCode: 1006 } as const;
    const session = aSession().frame().websocket('ws://a.test/').errors().ends(end).build();
    expect(parsed(session).log.entries[0]).toMatchObject({
      response: { status: 0, _error: expect.stringContaining('It never opened') as unknown },
    });
  });

  it('brings every fact back in its order where times grow', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHeader, arbitraryFacts, async (header, facts) => {
        const { session, warnings } = await read(write(sessionOf(facts, header)));
        expect([...session.facts()]).toEqual(facts);
        expect(session.header).toEqual(header);
        expect(warnings).toEqual([]);
      }),
    );
  });

  it('keeps the order inside each connection and among frames where times do not grow', async () => {
    const times = fc.array(fc.nat(3), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(arbitraryFacts, times, async (told, ats) => {
        const facts = told.map((fact, index) => ({ ...fact, at: ats[index] ?? 0 }));
        const { session } = await read(write(sessionOf(facts)));
        expect(byConnection(session.facts())).toEqual(byConnection(facts));
      }),
    );
  });

  it('is written in pieces', () => {
    const story = aSession().frame().websocket('ws://a/');
    for (let i = 0; i < 100; i += 1) story.receives('x'.repeat(5000));
    const pieces = [...writeHar(story.build(), { toolVersion: '1' })];
    expect(pieces.length).toBeGreaterThan(5);
  });
});

describe("Chrome's HAR", () => {
  const chrome = readFileSync(new URL('../../fixtures/chrome.har', import.meta.url), 'utf8');

  it('opens with its sockets and event streams, in order of time', async () => {
    const { session } = await read(chrome);
    expect(session.header).toEqual({
      url: 'https://shop.test/',
      startedAt: Date.UTC(2026, 10, 20, 10),
    });
    const messages = Array.from({ length: session.messages.length }, (_, row) => {
      const { connection, at, direction, payload, eventType } = session.messages.read(row);
      return [connection, at, direction, payload, eventType];
    });
    expect(messages).toEqual([
      [2, 300, 'received', 'one', 'message'],
      [2, 400, 'received', 'two', 'tick'],
      [3, 400, 'received', 'x', 'message'],
      [1, 500, 'sent', 'subscribe', undefined],
      [1, 625, 'received', '\ud800 lone', undefined],
      [1, 750, 'received', new Uint8Array([0, 1, 254, 255]), undefined],
    ]);
    expect([...session.connections.values()]).toMatchObject([
      {
        state: 'closed',
        source: 'network-log',
        createdAt: 100,
        openedAt: 110,
        endedAt: 2100,
        endedBy: 'unknown',
        subprotocol: 'v2',
        extensions: 'permessage-deflate',
        errors: 1,
      },
      { state: 'open', createdAt: 200, openedAt: 220 },
      { transport: 'fetch-stream', state: 'closed', createdAt: 250, endedAt: 400 },
      { state: 'failed', createdAt: 300, endedAt: 312 },
    ]);
  });

  it('says what it left out', async () => {
    const { warnings } = await read(chrome);
    expect(warnings).toEqual([
      'Left out: 1 entry without real-time traffic.',
      'Left out: 5 messages without a time, a known type, an opcode or readable data.',
    ]);
  });

  it('opens empty where nothing in it is real-time', async () => {
    const { session } = await read('{"log":{"version":"1.2","entries":[]}}');
    expect(session.channels).toEqual([]);
  });
});

/** The facts of each connection; those of frames stand under 0. */
function byConnection(facts: Iterable<Fact>): Map<number, Fact[]> {
  const sorted = new Map<number, Fact[]>();
  for (const fact of facts) {
    const key = 'connection' in fact ? fact.connection : 0;
    sorted.set(key, [...(sorted.get(key) ?? []), fact]);
  }
  return sorted;
}
