import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whatIf } from '../../../src/core/what-if/what-if.ts';
import { planLongPolls, planPolls } from '../../../src/core/wire-cost/poll-plan.ts';
import { trafficOf } from '../../../src/core/wire-cost/traffic.ts';
import { CARRIERS, type WireCost } from '../../../src/core/wire-cost/wire-cost.ts';
import { wireCosts } from '../../../src/core/wire-cost/wire-costs.ts';
import type { Session } from '../../../src/core/session.ts';
import { encodeEvent } from '../../../src/lab/event-stream.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

function costsOf(session: Session): Record<string, WireCost> {
  const [channel] = session.channels;
  const costs = channel === undefined ? [] : wireCosts(session, channel);
  return Object.fromEntries(costs.map((cost) => [cost.carrier, cost]));
}

const aSocket = () => aSession().frame().websocket('ws://shop.test/live').after(20).opens();

type Sent = [isSent: boolean, data: string | Uint8Array];

function talk(messages: readonly Sent[]): SessionBuilder {
  const story = aSocket();
  for (const [isSent, data] of messages) {
    story.after(700);
    if (isSent) story.sends(data);
    else story.receives(data);
  }
  return story;
}

const aMessage: fc.Arbitrary<Sent> = fc.tuple(
  fc.boolean(),
  fc.oneof(fc.string({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 })),
);

describe('what traffic costs', () => {
  it('is the sum of its parts and of its directions, on each carrier', () => {
    fc.assert(
      fc.property(fc.array(aMessage, { maxLength: 20 }), (messages) => {
        const costs = Object.values(costsOf(talk(messages).build()));
        expect(costs.map(({ carrier }) => carrier).sort()).toEqual([...CARRIERS].sort());
        for (const { payload, framing, headers, total, sent, received } of costs) {
          expect(payload.value + framing.value + headers.value).toBe(total);
          expect(sent + received).toBe(total);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('never shrinks when one more message is said', () => {
    fc.assert(
      fc.property(fc.array(aMessage, { maxLength: 12 }), aMessage, (messages, more) => {
        const [before, after] = [
          costsOf(talk(messages).build()),
          costsOf(talk([...messages, more]).build()),
        ];
        for (const carrier of CARRIERS) {
          expect(after[carrier]?.total ?? 0).toBeGreaterThan(before[carrier]?.total ?? 0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('of an event stream is what a server writes in chunks', () => {
    const events = [
      { type: 'tick', id: '1', data: '{"a":1}' },
      { id: '2', data: 'two\nlines' },
      { data: 'ü' },
    ];
    const story = aSession().frame().eventsource('http://shop.test/events').opens();
    let lastEventId = '';
    for (const { id, data, type = 'message' } of events) {
      lastEventId = id ?? lastEventId;
      story.receives(data, { eventType: type, lastEventId });
    }
    const { payload, framing } = costsOf(story.build())['eventsource'] ?? {};
    const bytes = events.map((event) => Buffer.byteLength(encodeEvent(event)));
    const chunked = bytes.reduce((sum, length) => sum + length + length.toString(16).length + 4, 0);
    expect((payload?.value ?? 0) + (framing?.value ?? 0)).toBe(chunked);
    expect([payload?.grade, framing?.grade]).toEqual(['measured', 'computed']);
  });

  it('takes a third more for binary where the carrier is text', () => {
    const costs = costsOf(talk([[false, new Uint8Array(300)]]).build());
    expect(costs['websocket']?.payload.value).toBe(300);
    expect(costs['eventsource']?.payload.value).toBe(400);
    expect(costs['fetch-stream']?.payload.value).toBe(300);
  });

  it('counts headers as the log tells them', () => {
    const story = aSession().frame().eventsource('http://shop.test/events?x=1').opens();
    story.logged({
      httpVersion: 'http/1.1',
      status: 200,
      requestHeaders: [
        ['Host', 'shop.test'],
        ['Accept', 'text/event-stream'],
        ['Cookie', 'id=7'],
      ],
      responseHeaders: [['Content-Type', 'text/event-stream']],
    });
    const request =
      'GET /events?x=1 HTTP/1.1\r\nHost: shop.test\r\nAccept: text/event-stream\r\nCookie: id=7\r\n\r\n';
    const response = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
    const cost = costsOf(story.build())['eventsource'];
    expect(cost?.headers).toMatchObject({
      value: request.length + response.length,
      grade: 'measured',
    });
    expect(cost?.sent).toBe(request.length);
  });

  it('is nothing where nobody can choose', () => {
    const story = aSession().frame().request('https://a.test/', 'webtransport').opens();
    expect(costsOf(story.build())).toEqual({});
  });

  it('of dropped messages rests on their sum', () => {
    const cost = costsOf(aSocket().drops(0, 100, 50).build())['websocket'];
    expect(cost?.payload).toMatchObject({ value: 5_000, grade: 'estimated' });
    expect(cost?.framing.grade).toBe('estimated');
  });
});

describe('polls', () => {
  const stretches = [{ from: 0, to: 10_000 }];

  it('by the clock hold a message back until the next one', () => {
    const plan = planPolls([1, 500, 1_999, 2_000, 9_000], stretches, 2_000);
    expect(plan).toEqual({ requests: 6, batches: [4, 1], delays: [1_999, 1_500, 1, 0, 1_000] });
  });

  it('that wait hold back what comes before the next is there', () => {
    const plan = planLongPolls([1_000, 1_010, 1_040, 5_000], stretches, 50);
    expect(plan).toEqual({ requests: 4, batches: [1, 2, 1], delays: [0, 40, 10, 0] });
  });

  it('that wait are answered with nothing before a proxy loses patience', () => {
    expect(planLongPolls([], [{ from: 0, to: 100_000 }], 50).requests).toBe(4);
  });
});

describe('what if', () => {
  function of(story: SessionBuilder, carrier: WireCost['carrier'], options = {}) {
    const session = story.build();
    const [channel] = session.channels;
    const traffic = channel === undefined ? undefined : trafficOf(session, channel);
    if (traffic === undefined) throw new Error('no traffic');
    return whatIf(traffic, carrier, options);
  }

  it('an event stream carried it: what is lost and gained, with numbers', () => {
    const story = talk([
      [true, 'a'],
      [true, 'b'],
      [false, new Uint8Array(9)],
      [false, 'c'],
    ]);
    const { cost, lost, gained, addedLatency } = of(story, 'eventsource', { http: 'h2' });
    expect(cost).toMatchObject({ http: 'h2', requests: 3 });
    expect(lost.join(' ')).toMatch(/2 messages of the page take a POST each.*1 binary message/u);
    expect(gained.join(' ')).toMatch(/connects again by itself.*shares one connection/u);
    expect(addedLatency).toBeUndefined();
  });

  it('it were polled: the wait for the next request, by the interval that a user sets', () => {
    const story = talk(Array.from({ length: 20 }, () => [false, 'x'] as Sent));
    const [slow, fast] = [5_000, 500].map((interval) => of(story, 'polling', { interval }));
    expect(slow?.addedLatency?.max).toBeLessThanOrEqual(5_000);
    expect(fast?.addedLatency?.max).toBeLessThanOrEqual(500);
    expect(slow?.cost.requests).toBe(3);
    expect(fast?.cost.requests).toBe(29);
    expect(fast?.held).toBe(0);
  });

  it('headers were as long as a user says', () => {
    const sizes = { interval: 1_000, requestHeaders: 2_000, responseHeaders: 600 };
    const { cost } = of(talk([[false, 'x']]), 'polling', { ...sizes, http: 'http/1.1' });
    expect(cost.headers.value).toBe(cost.requests * 2_600);
    const h2 = of(talk([[false, 'x']]), 'polling', { ...sizes, http: 'h2' }).cost;
    expect(h2.headers.value).toBeLessThan(cost.headers.value);
  });

  it('nothing changed: nothing is lost, gained or assumed', () => {
    expect(of(talk([[true, 'a']]), 'websocket')).toMatchObject({
      lost: [],
      gained: [],
      assumptions: [],
    });
  });
});
