import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageFact } from '../../../src/core/facts.ts';
import { HOLD_LIMITS } from '../../../src/core/http/held-requests.ts';
import type { SortedFact } from '../../../src/core/http/request.ts';
import {
  aPiece,
  type ARequest,
  asSeen,
  connectionsOf,
  POLLED,
  requestFacts,
  sorted,
} from '../../builders/requests.ts';

const told = (requests: readonly ARequest[]) => connectionsOf(sorted(asSeen(requests)));
const messagesIn = (facts: readonly SortedFact[]) =>
  facts.filter((fact): fact is MessageFact => fact.kind === 'message');
const evidenceIn = (facts: readonly SortedFact[]) =>
  facts.flatMap((fact) => (fact.kind === 'connection-created' ? (fact.link?.evidence ?? []) : []));
/** Requests at these times. */
const at = (times: readonly number[], request: ARequest = {}): ARequest[] =>
  times.map((time) => ({ ...request, at: time }));

describe('a stream', () => {
  it('is what answers with a stream’s type, whatever the API', () => {
    expect(
      told([
        { type: 'text/event-stream; charset=utf-8' },
        { type: 'application/x-ndjson', api: 'xhr', url: 'https://shop.test/log' },
        { type: 'application/json', url: 'https://shop.test/once' },
      ]),
    ).toEqual(['fetch-stream 1', 'xhr-stream 2']);
  });

  it('is what asks for an event stream, from its first moment', () => {
    const asking = { requestHeaders: [['Accept', 'application/json, text/event-stream']] };
    const created = requestFacts(1, asking as ARequest).slice(0, 1);
    expect(connectionsOf(sorted(created))).toEqual(['fetch-stream 1']);
    expect(told([{ requestHeaders: [['Accept', 'text/event-streams']] }])).toEqual([]);
  });

  it('is a body that comes little by little, told from its first piece on', () => {
    const pieces: ARequest['pieces'] = [
      [100, 'one'],
      [600, 'two'],
      [1100, 'three'],
      [1600, 'four'],
    ];
    const facts = sorted(requestFacts(1, { pieces, endsAfter: 2000, sends: 'ask' }));
    expect(connectionsOf(facts)).toEqual(['fetch-stream 1']);
    expect(messagesIn(facts).map(({ at: time, payload }) => [time, payload])).toEqual([
      [0, 'ask'],
      [100, 'one'],
      [600, 'two'],
      [1100, 'three'],
      [1600, 'four'],
    ]);
    // Until the third piece nobody could know.
    const early = requestFacts(1, { pieces: pieces.slice(0, 2), endsAfter: 2000 });
    expect(sorted(early)).toEqual([]);
  });

  it('is no download: that knows its length, or comes in large pieces', () => {
    const pieces: ARequest['pieces'] = [0, 1000, 2000, 3000].map((after) => [after, 'x']);
    const slow = { pieces, endsAfter: 4000 };
    expect(told([slow])).toEqual(['fetch-stream 1']);
    expect(told([{ ...slow, responseHeaders: [['Content-Length', '4']] }])).toEqual([]);
    const large = new Uint8Array(20_000);
    expect(told([{ ...slow, pieces: pieces.map(([after]) => [after, large]) }])).toEqual([]);
  });

  it('is tried again where it was one before, also in vain', () => {
    const url = 'https://shop.test/v1/chat';
    const stream: ARequest = { url, method: 'POST', type: 'text/event-stream' };
    expect(
      told([
        { ...stream, at: 0, status: 0 },
        { ...stream, at: 100 },
        { ...stream, at: 200, status: 503, type: 'text/html' },
        { ...stream, at: 300, status: 0, endedBy: 'network' },
        { ...stream, at: 400, type: 'application/json' },
      ]),
    ).toEqual(['fetch-stream 2', 'fetch-stream 3', 'fetch-stream 4']);
  });

  it('has the messages of its body, its request, its status and its end', () => {
    const facts = sorted(
      requestFacts(3, {
        type: 'text/event-stream',
        method: 'POST',
        sends: '{"stream":true}',
        pieces: [[40, new TextEncoder().encode('data: a\n\n: hi\n\nretry: 5\n\n')]],
      }),
    );
    expect(facts).toMatchObject([
      { kind: 'connection-created', connection: 3, method: 'POST', transport: 'fetch-stream' },
      { kind: 'message', direction: 'sent', payload: '{"stream":true}' },
      { kind: 'connection-opened', status: 200 },
      { kind: 'message', direction: 'received', payload: 'a', eventType: 'message', at: 40 },
      { kind: 'event-stream-noted', comment: ' hi' },
      { kind: 'event-stream-noted', reconnectionTime: 5 },
      { kind: 'connection-ended', endedBy: 'server', wasClean: true },
    ]);
  });
});

describe('polling by the clock', () => {
  it('is one channel once four requests began evenly apart, with all that was held', () => {
    const facts = sorted(asSeen(at([0, 2000, 4010, 5990, 8000], { sends: '?' })));
    expect(connectionsOf(facts)).toEqual([
      'polling 1',
      'polling 2→1',
      'polling 3→2',
      'polling 4→3',
      'polling 5→4',
    ]);
    expect(evidenceIn(facts).slice(0, 2)).toEqual([
      '4 requests to one address, each begun after the one before had ended',
      'one every 2 s, give or take 1 %',
    ]);
    expect(
      messagesIn(facts).map(({ connection, payload }) => `${connection} ${String(payload)}`),
    ).toEqual([1, 2, 3, 4, 5].flatMap((n) => [`${n} ?`, `${n} ok`]));
    const times = facts.map((fact) => fact.at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('is found though its cursor changes, and though one try failed later', () => {
    const polls = [0, 1, 2, 3, 4, 5].map((n) => ({
      at: n * 1000,
      url: `${POLLED}?since=${n * 37}&action=status`,
      ...(n === 4 && { status: 500 }),
    }));
    expect(told(polls)).toHaveLength(6);
    expect(told(polls.slice(0, 3))).toEqual([]);
  });

  it('is found though the cursors in its bodies change', () => {
    const polls = [0, 1, 2, 3].map((n) => ({
      at: n * 3000,
      method: 'POST',
      sends: `{"action":"poll","since":${n * 1.5},"cursor":"a${n}\\"b"}`,
    }));
    expect(told(polls)).toHaveLength(4);
  });

  it('has no message for an empty answer', () => {
    const facts = sorted(asSeen(at([0, 2000, 4000, 6000], { pieces: [], status: 304 })));
    expect(connectionsOf(facts)).toHaveLength(4);
    expect(messagesIn(facts)).toEqual([]);
  });

  it.each<[string, ARequest[]]>([
    [
      'a burst of parallel GraphQL calls',
      at([0, 1, 2, 3, 5, 8, 9], { method: 'POST', url: 'https://shop.test/graphql' }),
    ],
    [
      'parallel calls again and again',
      [0, 2000, 4000, 6000].flatMap((time) => at([time, time + 5], { method: 'POST' })),
    ],
    [
      'tiles',
      [0, 1, 2, 3, 4, 5].map((n) => ({ at: n * 500, url: `https://tiles.test/7/${n}/3.png` })),
    ],
    [
      'somebody typing',
      [0, 140, 420, 1500, 1640, 1990].map((time, n) => ({
        at: time,
        url: `https://shop.test/find?q=${'abcdefg'.slice(0, n + 1)}`,
      })),
    ],
    ['somebody typing in a body', at([0, 140, 420, 1500, 1640, 1990], { method: 'POST' })],
    ['retries of what fails', at([0, 2000, 4000, 6000, 8000], { method: 'POST', status: 500 })],
    [
      'retries of what never arrives',
      at([0, 1000, 2000, 3000, 4000], { method: 'POST', status: 0 }),
    ],
    [
      'leafing through pages',
      [0, 2000, 4000, 6000, 8000].map((time, n) => ({
        at: time,
        url: `https://shop.test/list?page=${n + 1}`,
      })),
    ],
    ['clicks', at([0, 900, 4100, 5200, 12_000, 12_900, 19_000])],
    [
      'an upload in parts',
      [0, 1, 2, 3, 4].map((n) => ({
        at: n * 510,
        method: 'PUT',
        endsAfter: 505,
        sends: 'x'.repeat(70_000),
      })),
    ],
    [
      'a loop over pages at full speed',
      [0, 1, 2, 3, 4, 5].map((n) => ({ at: n * 40, url: `https://shop.test/list?after=${n}0` })),
    ],
    [
      'a waterfall of GraphQL queries',
      ['Me', 'Teams', 'Projects', 'Issues', 'Labels'].map((name, n) => ({
        at: n * 600,
        method: 'POST',
        sends: `{"operationName":"${name}","variables":{"id":${n}}}`,
        endsAfter: 590,
      })),
    ],
    [
      'a search that is typed evenly into a body',
      ['s', 'sh', 'sho', 'shoe', 'shoes', 'shoes r'].map((text, n) => ({
        at: n * 300,
        method: 'POST',
        sends: `{"text":"${text}"}`,
      })),
    ],
    ['three requests', at([0, 2000, 4000])],
  ])('is not %s', (_name, requests) => {
    expect(told(requests)).toEqual([]);
  });
});

describe('long polling', () => {
  const held = (starts: readonly number[], lasts: number): ARequest[] =>
    at(starts, { endsAfter: lasts, opensAfter: lasts - 5, pieces: [[lasts - 2, 'news']] });

  it('is a chain of requests that the server holds open', () => {
    const uneven = [
      { at: 0, endsAfter: 3000 },
      { at: 3010, endsAfter: 500 },
      { at: 3520, endsAfter: 9000 },
      { at: 12_600, endsAfter: 800 },
    ];
    const facts = sorted(asSeen(uneven));
    expect(connectionsOf(facts)).toHaveLength(4);
    expect(evidenceIn(facts).slice(0, 2)).toEqual([
      '3 times in a row the next request to this address began within 80 ms of the end of the one before',
      'the server held them open for 3 s (median)',
    ]);
  });

  it('is a longer chain of requests that are answered sooner', () => {
    const starts = (every: number) => Array.from({ length: 9 }, (_, n) => n * every);
    expect(told(held(starts(310).slice(0, 8), 300))).toEqual([]);
    expect(told(held(starts(310), 300))).toHaveLength(9);
    expect(told(held(starts(70), 60))).toEqual([]);
  });

  it('is told while the request that decides is still open', () => {
    const facts = asSeen(held([0, 1000, 2000, 3000], 990)).filter(({ at: time }) => time <= 3000);
    expect(connectionsOf(sorted(facts))).toHaveLength(4);
  });

  it('is none where each request asks for another page', () => {
    const pages = held([0, 1000, 2000, 3000, 4000], 990);
    expect(told(pages)).toHaveLength(5);
    const paged = pages.map((request, n) => ({ ...request, url: `${POLLED}?page=${n}` }));
    expect(told(paged)).toEqual([]);
    // A long poll may count what it has seen.
    const counted = pages.map((request, n) => ({ ...request, url: `${POLLED}?offset=${n * 3}` }));
    expect(told(counted)).toHaveLength(5);
  });

  it('is none where the answers come at once, or the next request waits', () => {
    expect(told(held([0, 110, 225, 330, 440], 100))).toEqual([]);
    const waits = [0, 3000, 4600, 9000, 11_300].map((start) => ({ at: start, endsAfter: 900 }));
    expect(told(waits)).toEqual([]);
  });
});

describe('protocols that poll', () => {
  it('are known by their marks: Engine.IO', () => {
    const base = 'https://shop.test/socket.io/?EIO=4&transport=polling';
    const facts = sorted(
      asSeen([
        { at: 0, url: `${base}&t=a`, pieces: [[10, '0{"sid":"x"}']] },
        { at: 40, url: `${base}&t=b&sid=x`, method: 'POST', sends: '40' },
        { at: 41, url: `${base}&t=c&sid=x` },
      ]),
    );
    expect(connectionsOf(facts)).toEqual(['polling 1', 'polling 2→1', 'polling 3→2']);
    expect(evidenceIn(facts)[0]).toContain('EIO=4 and transport=polling');
    expect(told([{ url: base }])).toEqual([]);
    expect(told(at([0, 50], { url: base.replace('polling', 'websocket') }))).toEqual([]);
  });

  it('are known by their marks: SockJS, a frame of its stream a message', () => {
    const base = 'https://shop.test/echo/042/s3ss10n';
    const facts = sorted(
      asSeen([
        {
          at: 0,
          method: 'POST',
          url: `${base}/xhr_streaming`,
          api: 'xhr',
          pieces: [
            [10, 'o\na["1"]\n'],
            [90, 'a["2"]\n'],
          ],
          opensAfter: 5,
          endsAfter: 100,
        },
        {
          at: 50,
          method: 'POST',
          url: `${base}/xhr_send`,
          api: 'xhr',
          sends: '["hi"]',
          pieces: [],
          status: 204,
        },
      ]),
    );
    expect(connectionsOf(facts)).toEqual(['polling 1', 'polling 2→1']);
    expect(messagesIn(facts).map(({ payload }) => payload)).toEqual([
      'o',
      'a["1"]',
      '["hi"]',
      'a["2"]',
    ]);
    expect(told(at([0, 50], { url: 'https://shop.test/a/042/b/xhr' }))).toEqual([]);
  });

  it('are known by their marks: SignalR, after it negotiated', () => {
    const hub = 'https://shop.test/hub';
    const poll = { url: `${hub}?id=T0ken` };
    const talk = [
      { ...poll, at: 50 },
      { ...poll, at: 90, method: 'POST', sends: '{}' },
    ];
    expect(told(talk)).toEqual([]);
    const negotiate = { url: `${hub}/negotiate?negotiateVersion=1`, method: 'POST' };
    expect(told([negotiate, ...talk])).toEqual(['polling 2', 'polling 3→2']);
    // All that was held comes in the order in which the page saw it, also where requests overlapped.
    const sends = [40, 55].map((time) => ({ ...poll, at: time, method: 'POST', sends: '{}' }));
    const facts = sorted(asSeen([negotiate, ...sends, { ...poll, at: 100 }]));
    expect(connectionsOf(facts)).toHaveLength(3);
    const times = facts.map((fact) => fact.at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // What another transport sends is no polling.
    expect(told([negotiate, ...at([50, 300, 310], { ...poll, method: 'POST' })])).toEqual([]);
  });

  it('are known by their marks: Bayeux', () => {
    const connect = {
      method: 'POST',
      url: 'https://shop.test/cometd',
      sends: '[{"channel":"/meta/connect"}]',
    };
    expect(told(at([0, 700], connect))).toEqual(['polling 1', 'polling 2→1']);
    expect(told(at([0, 700], { ...connect, sends: '[{"channel":"/news"}]' }))).toEqual([]);
  });
});

describe('what is held', () => {
  it('is bounded, and the evidence says what is gone', () => {
    const limits = { perGroup: 3, inAll: 100, bytesInAll: 1e6 };
    const clicks = [0, 900, 5000, 5500];
    const facts = sorted(asSeen(at([...clicks, 20_000, 22_000, 24_000, 26_000])), limits);
    expect(evidenceIn(facts)).toContain('4 earlier requests to it are no longer held');
  });

  it('is bounded in all: the oldest that are over go first', () => {
    const others = Array.from({ length: 50 }, (_, n) => ({
      at: 4100 + n,
      url: `https://shop.test/${n}`,
    }));
    const requests = [...at([0, 2000, 4000]), ...others, ...at([6000])];
    expect(told(requests)).toHaveLength(4);
    expect(connectionsOf(sorted(asSeen(requests), { ...HOLD_LIMITS, inAll: 20 }))).toEqual([]);
    expect(connectionsOf(sorted(asSeen(requests), { ...HOLD_LIMITS, bytesInAll: 60 }))).toEqual([]);
  });

  it('comes with what was dropped of it, early and late', () => {
    const dropped = (connection: number, time: number) => ({
      kind: 'messages-dropped' as const,
      connection,
      at: time,
      sent: { messages: 0, bytes: 0 },
      received: { messages: 2, bytes: 20 },
      where: 'history' as const,
    });
    const stream = requestFacts(1, {
      type: 'text/event-stream',
      pieces: [[25, 'lf\n\ndata: a\n\n']],
    });
    const facts = sorted(stream.toSpliced(1, 0, dropped(1, 1)).concat(dropped(1, 99)));
    expect(facts.map(({ kind }) => kind)).toEqual([
      'connection-created',
      'messages-dropped',
      'connection-opened',
      'message',
      'message',
      'connection-ended',
      'messages-dropped',
    ]);
    // The half event after the gap is no event.
    expect(messagesIn(facts)).toMatchObject([{ payload: null, byteLength: 3 }, { payload: 'a' }]);
    const polls = asSeen(at([0, 2000, 4000, 6000]));
    const polled = sorted(polls.toSpliced(1, 0, dropped(1, 1)));
    expect(polled.some(({ kind }) => kind === 'messages-dropped')).toBe(false);
    expect(messagesIn(polled)[0]).toMatchObject({
      payload: null,
      payloadState: 'evicted',
      byteLength: 22,
    });
  });

  it('gives up the payload of a body that is too large, not its length', () => {
    const big = new Uint8Array(10_000).fill(65);
    const pieces: ARequest['pieces'] = Array.from({ length: 200 }, (_, n) => [100 + n, big]);
    const facts = sorted(asSeen(at([0, 2000, 4000, 6000], { pieces, endsAfter: 400 })));
    expect(messagesIn(facts)[0]).toMatchObject({ payloadState: 'cut', byteLength: 2_000_000 });
    const [{ payload } = { payload: null }] = messagesIn(facts);
    expect(payload).toHaveLength(1_040_000);
  });
});

describe('the sorter', () => {
  const aRequest: fc.Arbitrary<ARequest> = fc.record({
    at: fc.integer({ min: 0, max: 20 }).map((n) => n * 400),
    url: fc.constantFrom(
      POLLED,
      `${POLLED}?a=1`,
      'https://shop.test/socket.io/?EIO=4&transport=polling',
    ),
    method: fc.constantFrom('GET', 'POST'),
    type: fc.constantFrom('application/json', 'text/plain', 'text/event-stream'),
    status: fc.constantFrom(200, 200, 500, 0),
    endsAfter: fc.constantFrom(200, 390, 700),
  });
  const withBody = (body: string, cuts: readonly number[]): [number, Uint8Array][] => {
    const bytes = new TextEncoder().encode(body);
    const places = [
      0,
      ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b),
      bytes.length,
    ];
    return places.slice(1).map((end, index) => [100, bytes.slice(places[index], end)]);
  };

  it('gives the same messages wherever the bodies were cut', () => {
    fc.assert(
      fc.property(
        fc.array(aRequest, { maxLength: 14 }),
        fc.array(fc.nat(60), { maxLength: 4 }),
        (requests, cuts) => {
          const body = 'data: 1ä\n\ndata: 2\n\n';
          const whole = sorted(
            asSeen(requests.map((request) => ({ ...request, pieces: withBody(body, []) }))),
          );
          const cut = sorted(
            asSeen(requests.map((request) => ({ ...request, pieces: withBody(body, cuts) }))),
          );
          expect(cut).toEqual(whole);
        },
      ),
    );
  });

  it('tells all of a request or nothing, in its order, and sets links only backwards', () => {
    fc.assert(
      fc.property(fc.array(aRequest, { maxLength: 20 }), (requests) => {
        const facts = sorted(asSeen(requests));
        const known = new Set<number>();
        for (const fact of facts) {
          if (fact.kind === 'connection-created') {
            if (fact.continues !== undefined) expect(known).toContain(fact.continues);
            known.add(fact.connection);
          } else {
            expect(known).toContain(fact.connection);
          }
        }
        for (const connection of known) {
          const own = facts.filter((fact) => fact.connection === connection);
          expect(own.at(-1)?.kind).toBe('connection-ended');
          const times = own.map((fact) => fact.at);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('ignores what nobody began', () => {
    expect(sorted([aPiece(9, 1, 'x')])).toEqual([]);
  });
});
