import { describe, expect, it } from 'vitest';
import { createEventStreamReader } from '../../../src/core/http/read-event-stream.ts';
import { createReport } from '../../../src/core/report.ts';
import { uncheckedOf } from '../../../src/core/advice/unchecked.ts';
import type { EventStreamNoted, MessageFact } from '../../../src/core/facts.ts';
import { adviceOn } from '../../builders/advice.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

const EVENT_STREAM: [string, string][] = [['content-type', 'text/event-stream; charset=utf-8']];
const aStream = () =>
  aSession()
    .frame()
    .request('https://host/live', 'fetch-stream', {
      requestHeaders: [['accept', 'text/event-stream']],
    })
    .opens({ status: 200, responseHeaders: EVENT_STREAM });

const lint = (builder: SessionBuilder) => {
  const session = builder.build();
  const [channel] = session.channels;
  return { findings: adviceOn(session).findings, unchecked: channel && uncheckedOf(channel) };
};
const rules = (builder: SessionBuilder) => lint(builder).findings.map(({ rule }) => rule);
const oneByOne = (builder: SessionBuilder, count: number, gap: number) => {
  for (let i = 0; i < count; i += 1)
    builder.after(gap).receives(`{"n":${i}}`, { eventType: 'tick' });
  return builder;
};

describe('advice on event streams', () => {
  it('is content with a stream as it should be, and says nothing of a WebSocket', () => {
    expect(rules(oneByOne(aStream(), 30, 200))).toEqual([]);
    expect(rules(aSession().frame().websocket('wss://host/').opens())).toEqual([]);
  });

  describe('content type', () => {
    const answered = (type: string, status = 200) =>
      aSession()
        .frame()
        .eventsource('https://host/live')
        .logged({ status, responseHeaders: [['content-type', type]] })
        .ends({ endedBy: 'unknown' });

    it('is wrong where an EventSource gave up on it', () => {
      const [finding] = lint(answered('text/html; charset=utf-8')).findings;
      expect(finding).toMatchObject({
        rule: 'event-stream-type',
        severity: 'error',
        connections: [1],
      });
      expect(finding?.summary).toContain('“text/html”');
    });

    it('is wrong where a request asked for an event stream alone', () => {
      const json = aSession()
        .frame()
        .request('https://host/live', 'fetch-stream', {
          requestHeaders: [['Accept', 'text/event-stream']],
        })
        .opens({ status: 200, responseHeaders: [['content-type', 'application/json']] });
      expect(rules(json)).toEqual(['event-stream-type']);
    });

    it('is no finding where an error has one, where it is right, and where others were welcome', () => {
      expect(rules(answered('text/html', 503))).toEqual([]);
      expect(rules(answered('text/event-stream'))).toEqual([]);
      const either = aSession()
        .frame()
        .request('https://host/mcp', 'fetch-stream', {
          requestHeaders: [['accept', 'application/json, text/event-stream']],
        })
        .opens({ status: 200, responseHeaders: [['content-type', 'application/json']] });
      expect(rules(either)).toEqual([]);
    });
  });

  describe('buffering', () => {
    const inBursts = (sizes: readonly number[], silence: number) => {
      const builder = aStream().receives('first', { eventType: 'message' });
      for (const size of sizes) {
        builder.after(silence);
        for (let i = 0; i < 5; i += 1)
          builder.receives('x'.repeat(size / 5), { eventType: 'message' });
      }
      return builder;
    };

    it('shows in bursts of even size after silence', () => {
      const [finding] = lint(inBursts([4090, 4095, 4100, 4085], 3000)).findings;
      expect(finding).toMatchObject({ rule: 'event-stream-buffered', severity: 'warning' });
      expect(finding?.rows).toHaveLength(4);
    });

    it('is only possible where sizes differ', () => {
      const [finding] = lint(inBursts([500, 9000, 2000], 3000)).findings;
      expect(finding).toMatchObject({ rule: 'event-stream-buffered', severity: 'info' });
    });

    it('is not concluded from two bursts, short pauses, single events, or what waited for a connection', () => {
      expect(rules(inBursts([4000, 4000], 3000))).toEqual([]);
      expect(rules(inBursts([4000, 4000, 4000, 4000], 300))).toEqual([]);
      expect(rules(oneByOne(aStream(), 10, 5000))).toEqual([]);
      expect(rules(oneByOne(inBursts([4000, 4000, 4000], 2000), 60, 100))).toEqual([]);
    });
  });

  describe('the raw text', () => {
    const readText = (...pieces: string[]) => {
      const facts: (MessageFact | EventStreamNoted)[] = [];
      const reader = createEventStreamReader(1, (fact) => facts.push(fact));
      for (const piece of pieces) reader.take(0, piece);
      reader.end(1, true);
      return facts.flatMap((fact) =>
        fact.kind === 'event-stream-noted' && fact.oddity !== undefined
          ? [[fact.oddity, fact.line]]
          : [],
      );
    };

    it.each<[string, string[], string[][]]>([
      ['a retry with a unit', ['retry: 3s\n\n'], [['bad-retry', 'retry: 3s']]],
      ['a negative retry', ['retry: -1\n\n'], [['bad-retry', 'retry: -1']]],
      ['U+0000 in an ID', ['id: a\0b\ndata: x\n\n'], [['nul-in-id', 'id: a\0b']]],
      ['a last event without its line', ['data: 1\n\ndata: 2\n'], [['unfinished-event', '']]],
      ['a last line that is cut', ['data: 1\n\ndata: 2'], [['unfinished-event', 'data: 2']]],
      [
        'a mark in the middle',
        ['data: 1\n\n', '\uFEFFdata: 2\n\n'],
        [['byte-order-mark', '\uFEFFdata: 2']],
      ],
    ])('tells of %s', (_name, pieces, wanted) => {
      expect(readText(...pieces)).toEqual(wanted);
    });

    it.each([
      ['retry: 3000\n\n', 'retry:0\n\n'],
      ['id: 1\ndata: \0\n\n'],
      ['data: 1\n\n: a comment\n'],
      ['data: 1\n\n: half a comm'],
      ['\uFEFFdata: 1\n\n'],
      ['data: retry: soon\n\n'],
      [''],
    ])('is content with %j', (...pieces) => {
      expect(readText(...pieces)).toEqual([]);
    });

    it('says nothing of an event that the page did not wait for', () => {
      const facts: unknown[] = [];
      const reader = createEventStreamReader(1, (fact) => facts.push(fact));
      reader.take(0, 'data: half');
      reader.end(1, false);
      expect(facts).toEqual([]);
    });

    it('becomes findings, once each, with the connection', () => {
      const builder = aStream()
        .notes({ oddity: 'bad-retry', line: 'retry: 3s' })
        .notes({ oddity: 'bad-retry', line: 'retry: 3s' });
      const [finding, ...more] = lint(builder).findings;
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ rule: 'event-stream-retry', connections: [1] });
      expect(finding?.summary).toContain('“retry: 3s”');
      expect(finding?.summary).toContain('2 times');
    });
  });

  describe('IDs', () => {
    const twice = (lastEventId: string) =>
      aSession()
        .frame()
        .eventsource('https://host/live')
        .opens()
        .receives('1', { eventType: 'message', lastEventId })
        .ends({ endedBy: 'network' })
        .reconnects()
        .opens()
        .receives('2', { eventType: 'message', lastEventId });

    it('are missed where a stream was opened again', () => {
      expect(lint(twice('')).findings[0]).toMatchObject({
        rule: 'event-stream-no-ids',
        connections: [2],
      });
    });

    it('are not missed where they are there, or nothing was opened again', () => {
      expect(rules(twice('7'))).toEqual([]);
      expect(rules(oneByOne(aStream(), 5, 50))).toEqual([]);
    });
  });

  describe('base64', () => {
    const bytes = (seed: number) =>
      Buffer.from(Array.from({ length: 300 }, (_, i) => (i * seed * 97 + seed) % 251)).toString(
        'base64',
      );
    const events = (texts: readonly string[]) => {
      const builder = aStream();
      for (const text of texts) builder.after(50).receives(text, { eventType: 'message' });
      return builder;
    };

    it('is found alone and inside JSON', () => {
      const texts = [3, 5, 7].map((seed) => JSON.stringify({ audio: bytes(seed) }));
      expect(rules(events(texts))).toEqual(['base64-in-text']);
      expect(lint(events([3, 5, 7].map(bytes))).findings[0]?.rows).toEqual([0, 1, 2]);
    });

    it('is not what hexadecimal, words and a token now and then are', () => {
      expect(rules(events(['ab12'.repeat(80), 'cd34'.repeat(80), 'ef56'.repeat(80)]))).toEqual([]);
      expect(rules(events(Array.from({ length: 5 }, () => 'Word'.repeat(100))))).toEqual([]);
      expect(rules(events([bytes(3), 'a', 'b', 'c', 'd', 'e', 'f']))).toEqual([]);
    });
  });

  it('says what it could not see', () => {
    const unchecked = lint(aSession().frame().eventsource('https://host/live').opens()).unchecked;
    expect(unchecked?.[0]).toContain('no raw text');
    expect(unchecked?.[1]).toContain('content type');
    expect(lint(aStream()).unchecked).toEqual([]);
  });

  it('stands in the report', () => {
    const { channels } = createReport(
      aStream().notes({ oddity: 'nul-in-id', line: 'id: \0' }).build(),
    );
    expect(channels[0]?.findings).toEqual([
      {
        rule: 'event-stream-id',
        severity: 'warning',
        summary: expect.stringContaining('U+0000') as string,
        advice: expect.stringContaining('Write IDs') as string,
        ifWrong: expect.stringContaining('longer') as string,
        source: expect.stringContaining('HTML Standard') as string,
        evidence: ['k1'],
      },
    ]);
  });
});
