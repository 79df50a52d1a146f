import { describe, expect, it } from 'vitest';
import { connectionFacts } from '../../../src/core/connection-facts.ts';
import { createReport } from '../../../src/core/report.ts';
import { aSession, sessionOf } from '../../builders/session.ts';

const URL = 'https://shop.test/v1/chat';

const aStream = () =>
  aSession()
    .frame()
    .request(URL, 'fetch-stream', { method: 'POST', requestHeaders: [['accept', 'text/html']] })
    .opens({ status: 201, responseHeaders: [['content-type', 'text/event-stream']] });

describe('a connection that began as a request', () => {
  it('knows its method, headers and status', () => {
    expect(aStream().build().connections.get(1)).toMatchObject({
      transport: 'fetch-stream',
      method: 'POST',
      requestHeaders: [['accept', 'text/html']],
      status: 201,
      responseHeaders: [['content-type', 'text/event-stream']],
    });
  });

  it('knows what the network log told of it; what the page saw stays', () => {
    const story = aStream()
      .logged({ httpVersion: 'h2', status: 200, timings: { dns: 1 } })
      .logged({ remoteAddress: '[::1]:443' });
    const connection = story.build().connections.get(1);
    expect(connection?.status).toBe(201);
    expect(connection?.handshake).toMatchObject({
      httpVersion: 'h2',
      remoteAddress: '[::1]:443',
      timings: { dns: 1 },
    });
    const socket = aSession().frame().websocket('ws://a.test/').opens().logged({ status: 101 });
    expect(socket.build().connections.get(1)?.status).toBe(101);
  });

  it('counts the comments of its event stream and keeps the last reconnection time', () => {
    const story = aStream()
      .notes({ comment: 'a' })
      .notes({ reconnectionTime: 3000 })
      .notes({ comment: '', reconnectionTime: 0 });
    expect(story.build().connections.get(1)).toMatchObject({
      comments: 2,
      lastComment: '',
      reconnectionTime: 0,
    });
  });

  it('counts as failed without an answer or with an error, not where the page gave up', () => {
    const story = aSession().frame().request(URL, 'polling').ends({ endedBy: 'network' });
    for (const [status, endedBy] of [
      [503, 'server'],
      [200, 'server'],
      [404, 'page'],
    ] as const) {
      story.request(URL, 'polling', { continues: 1 }).opens({ status }).ends({ endedBy });
    }
    expect(story.build().channels[0]?.failedTries).toBe(2);
  });

  it('belongs to its channel for the reason that the fact gives', () => {
    const link = { basis: 'inferred' as const, evidence: ['one every 2 s'] };
    const session = aSession()
      .frame()
      .request(URL, 'polling')
      .request(URL, 'polling', { continues: 1, link })
      .build();
    expect(session.channels).toHaveLength(1);
    expect(session.connections.get(1)?.link).toBeUndefined();
    expect(session.connections.get(2)?.link).toEqual(link);
    const reconnected = aSession().frame().eventsource(URL).reconnects().build();
    expect(reconnected.connections.get(2)?.link?.basis).toBe('observed');
  });

  it('is the same connection in a session that begins in its middle', () => {
    const story = aStream().logged({ httpVersion: 'h2' }).notes({ reconnectionTime: 500 });
    const known = story.build().connections.get(1);
    expect(known).toBeDefined();
    if (known === undefined) return;
    const [frame] = story.facts();
    const next = sessionOf([
      ...(frame === undefined ? [] : [frame]),
      ...connectionFacts(known, 1, 1),
    ]);
    expect(next.connections.get(1)).toEqual({ ...known, early: true });
  });
});

describe('a channel that is set aside', () => {
  const story = () => aStream().receives('x').setsAside();

  it('can come back', () => {
    expect(story().build().channels[0]?.isSetAside).toBe(true);
    expect(story().setsAside(false).build().channels[0]?.isSetAside).toBe(false);
  });

  it('is left out of the report, and counted there', () => {
    const report = createReport(story().frame().websocket('ws://a.test/').build());
    expect(report.channels.map(({ transport }) => transport)).toEqual(['websocket']);
    expect(report.session).toMatchObject({ setAside: 1, messages: 1 });
    expect(createReport(aStream().build()).session).not.toHaveProperty('setAside');
  });
});

describe('the report of a request', () => {
  it('has its method, status, HTTP version and link, and the event types of any event stream', () => {
    const story = aStream()
      .logged({ httpVersion: 'h3' })
      .receives('x', { eventType: 'tick', lastEventId: '' });
    const [channel] = createReport(story.build()).channels;
    expect(channel).toMatchObject({ transport: 'fetch-stream', eventTypes: { tick: 1 } });
    expect(channel?.connections[0]).toMatchObject({
      method: 'POST',
      status: 201,
      httpVersion: 'h3',
    });
    const lines = aSession().frame().request(URL, 'xhr-stream').opens().receives('x').build();
    expect(createReport(lines).channels[0]).not.toHaveProperty('eventTypes');
  });
});

describe('a message', () => {
  it('keeps who told it and whether a line break followed', () => {
    const session = aStream()
      .receives('a', { source: 'network-log' })
      .receives('b', { unterminated: true })
      .receives('c')
      .build();
    expect(session.messages.read(0)).toMatchObject({ source: 'network-log' });
    expect(session.messages.read(1)).toMatchObject({ unterminated: true });
    expect(session.messages.read(1)).not.toHaveProperty('source');
    expect(session.messages.read(2)).not.toHaveProperty('unterminated');
  });
});
