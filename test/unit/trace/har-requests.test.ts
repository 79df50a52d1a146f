import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/session.ts';
import { readHar } from '../../../src/trace/har/read.ts';
import { writeHar } from '../../../src/trace/har/write.ts';
import { inChunks } from '../../builders/chunks.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

const read = (text: string) => readHar(inChunks(text, [1000]));
const write = (session: Session) => [...writeHar(session, { toolVersion: '1' })].join('');

interface Har {
  log: { entries: Record<string, unknown>[] };
}

/** The first entry of a story’s HAR. */
function entryOf(story: SessionBuilder): Record<string, unknown> {
  const { log } = JSON.parse(write(story.build())) as Har;
  return log.entries[0] ?? {};
}

const type = (value: string) => ({
  responseHeaders: [['content-type', value] as [string, string]],
});
const URL = 'https://a.test/feed';

describe('the HAR of requests', () => {
  it('lists the events of any event stream as Chrome does, and keeps what the page sent', () => {
    const story = aSession()
      .frame()
      .request(URL, 'xhr-stream', { method: 'POST', requestHeaders: [['Content-Type', 'a/b']] })
      .sends('ask')
      .opens({ status: 200, ...type('text/event-stream; charset=utf-8') })
      .receives('x', { eventType: 'tick', lastEventId: '7' });
    expect(entryOf(story)).toMatchObject({
      _resourceType: 'xhr',
      request: { method: 'POST', bodySize: 3, postData: { mimeType: 'a/b', text: 'ask' } },
      response: { status: 200, content: { mimeType: 'text/event-stream' } },
      _eventSourceMessages: [{ eventName: 'tick', eventId: '7', data: 'x' }],
    });
  });

  it.each(['{"a":1}\n\n{"b":2}\r\n', 'one\ntwo', '\n', 'a\r'])('gives the body %j back', (body) => {
    const story = aSession().frame().request(URL, 'fetch-stream').opens(type('application/jsonl'));
    const lines = body.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) story.receives(line);
    if (last !== '') story.receives(last, { unterminated: true });
    expect(entryOf(story)).toMatchObject({
      _resourceType: 'fetch',
      response: { content: { text: body, size: body.length } },
    });
  });

  it('gives bodies in pieces back, bytes as base64, and says where a part is missing', () => {
    const text = aSession().frame().request(URL, 'polling').opens().receives('a\n').receives('b');
    expect(entryOf(text)).toMatchObject({ response: { content: { text: 'a\nb', size: 3 } } });
    const bytes = aSession()
      .frame()
      .request(URL, 'polling')
      .opens(type('image/png'))
      .receives(new Uint8Array([0, 1]))
      .receives(new Uint8Array([254]))
      .receives('', { payload: null, payloadState: 'evicted', byteLength: 9, dataType: 'view' });
    expect(entryOf(bytes)).toMatchObject({
      response: {
        content: {
          text: 'AAH+',
          encoding: 'base64',
          size: 12,
          comment: expect.any(String) as string,
        },
      },
    });
  });

  it('tells what the network log knows, for every transport', () => {
    const story = aSession()
      .frame()
      .websocket('ws://a.test/x')
      .opens()
      .logged({
        requestHeaders: [['Upgrade', 'websocket']],
        responseHeaders: [['Sec-WebSocket-Accept', 'x']],
        status: 101,
        httpVersion: 'http/1.1',
        remoteAddress: '127.0.0.1:8080',
        timings: { blocked: 1, connect: 2, wait: 3 },
      })
      .ends({ endedBy: 'server' });
    expect(entryOf(story)).toMatchObject({
      time: 6,
      serverIPAddress: '127.0.0.1',
      connection: '8080',
      request: { httpVersion: 'http/1.1', headers: [{ name: 'Upgrade', value: 'websocket' }] },
      response: {
        status: 101,
        statusText: 'Switching Protocols',
        httpVersion: 'http/1.1',
        headers: [{ name: 'Sec-WebSocket-Accept', value: 'x' }],
      },
      timings: { blocked: 1, dns: -1, connect: 2, send: 0, wait: 3, receive: 0 },
    });
  });
});

/** An entry as Chrome writes it, of a request that took 30 ms. */
function anEntry(at: number, more: { type?: string; text?: string; status?: number } = {}) {
  const { type: mimeType = 'application/json', text = '{"ok":true}', status = 200 } = more;
  return {
    startedDateTime: new Date(Date.UTC(2026, 10, 20, 10) + at).toISOString(),
    time: 30,
    _resourceType: 'xhr',
    request: {
      method: 'POST',
      url: URL,
      headers: [],
      postData: { mimeType: 'a/b', text: 'since' },
    },
    response: { status, headers: [], content: { size: text.length, mimeType, text } },
    timings: { blocked: 1, dns: -1, connect: -1, send: 0, wait: 20, receive: 9 },
  };
}

const aHar = (entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } });

describe('requests in the HAR of another tool', () => {
  it('are polling where they were', async () => {
    const times = [6000, 0, 4010, 2000];
    const { session, warnings } = await read(aHar(times.map((at) => anEntry(at))));
    expect(session.channels).toMatchObject([{ transport: 'polling', endpoint: URL }]);
    expect(session.channels[0]?.connections).toMatchObject([
      { createdAt: 0, openedAt: 21, endedAt: 30, method: 'POST', status: 200 },
      { createdAt: 2000, link: { basis: 'inferred' } },
      { createdAt: 4010 },
      { createdAt: 6000 },
    ]);
    const messages = [0, 1].map((row) => session.messages.read(row));
    expect(messages).toMatchObject([
      { at: 0, direction: 'sent', payload: 'since' },
      { at: 30, direction: 'received', payload: '{"ok":true}' },
    ]);
    expect(warnings).toEqual([]);
  });

  it('are streams by their type, also where their events are only in the body', async () => {
    const body = { type: 'text/event-stream', text: 'data: a\n\nevent: tick\ndata: b\n\n' };
    const { session } = await read(aHar([anEntry(0, body)]));
    expect(session.channels).toMatchObject([{ transport: 'xhr-stream' }]);
    const events = [1, 2].map((row) => session.messages.read(row));
    expect(events).toMatchObject([
      { eventType: 'message', payload: 'a' },
      { eventType: 'tick', payload: 'b' },
    ]);
  });

  it('are left out and counted where they were neither', async () => {
    const entries = [anEntry(0), anEntry(10, { status: 0 }), anEntry(5000)];
    const { session, warnings } = await read(aHar(entries));
    expect(session.channels).toEqual([]);
    expect(warnings).toEqual(['Left out: 3 entries without real-time traffic.']);
  });
});
