import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkKey } from '../../../src/core/links/link-key.ts';
import { callSite } from '../../../src/core/links/call-site.ts';
import type { Session } from '../../../src/core/session.ts';
import { arbitrarySockets } from '../../builders/arbitrary-sockets.ts';
import { arbitraryFacts } from '../../builders/arbitrary-session.ts';
import { aSession, type SessionBuilder, sessionOf } from '../../builders/session.ts';

const URL = 'wss://shop.test/live';
const CONNECT = '    at connect (https://shop.test/app.js:10:5)\n    at start (app.js:1:1)';

const chains = (session: Session): number[][] =>
  session.channels.map(({ connections }) => connections.map(({ id }) => id).sort((a, b) => a - b));

const lost = { endedBy: 'network', closeCode: 1006, wasClean: false } as const;

function lives(story: SessionBuilder, url = URL, initiator = CONNECT): SessionBuilder {
  return story.websocket(url, { initiator }).opens();
}

describe('a page’s own reconnects', () => {
  it('are one channel, and say why', () => {
    const story = lives(aSession().frame()).sends('{"type":"connection_init"}').ends(lost);
    const session = lives(story.after(200), `${URL}?token=eyJ9`)
      .sends('{"type":"connection_init"}')
      .build();
    expect(chains(session)).toEqual([[1, 2]]);
    expect(session.connections.get(2)?.link).toEqual({
      basis: 'inferred',
      evidence: [
        'the same endpoint, wss://shop.test/live: only tokens, sessions or times differ',
        'the same call site, connect (app.js:10:5)',
        'made 200 ms after the one before was lost (1006)',
        'both began by sending a GraphQL connection_init',
      ],
    });
    expect(session.channels[0]?.tally.sent.messages).toBe(2);
  });

  it('go on from tries that failed, and from one that the page gave up before its close came', () => {
    const story = lives(aSession().frame()).closing();
    const failed = story.after(50).websocket(URL, { initiator: CONNECT }).errors().ends(lost);
    const session = lives(failed).on(1).ends({ endedBy: 'page' }).build();
    expect(chains(session)).toEqual([[1, 2, 3]]);
  });

  it.each([
    ['another room', `${URL}?room=2`, CONNECT],
    ['another path', `${URL}/2`, CONNECT],
  ])('are not: %s', (_, url, initiator) => {
    const session = lives(lives(aSession().frame()).ends(lost), url, initiator).build();
    expect(chains(session)).toEqual([[1], [2]]);
  });

  it('are not: two side by side, another frame, another subprotocol', () => {
    expect(chains(lives(lives(aSession().frame())).build())).toEqual([[1], [2]]);
    const other = lives(lives(aSession().frame()).ends(lost).frame('https://ads.test/'));
    expect(chains(other.build())).toEqual([[1], [2]]);
    const spoken = lives(aSession().frame()).ends(lost);
    const v2 = spoken.websocket(URL, { requestedSubprotocols: ['v2'], initiator: CONNECT });
    expect(chains(v2.build())).toEqual([[1], [2]]);
  });

  it('are not: what the page closed and another part of it, or a later minute, opens', () => {
    const closed = () =>
      lives(aSession().frame()).closing(1000).ends({ endedBy: 'page', closeCode: 1000 });
    const elsewhere = lives(closed(), URL, '    at chat (https://shop.test/chat.js:3:1)');
    expect(chains(elsewhere.build())).toEqual([[1], [2]]);
    expect(chains(lives(closed().after(61_000)).build())).toEqual([[1], [2]]);
    expect(chains(lives(closed().after(5_000)).build())).toEqual([[1, 2]]);
  });

  it('of a pool are paired, and the pairing is called uncertain', () => {
    const pool = lives(lives(aSession().frame()));
    const session = lives(lives(pool.on(1).ends(lost).on(2).ends(lost))).build();
    expect(chains(session)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(session.connections.get(3)?.link?.isUncertain).toBe(true);
    expect(session.connections.get(4)?.link?.isUncertain).toBeUndefined();
  });

  it('of a question that was answered are other questions', () => {
    const answered = { endedBy: 'server', wasClean: true } as const;
    const ask = (story: SessionBuilder, method: string) =>
      story
        .request('https://shop.test/chat', 'fetch-stream', { method })
        .opens({ status: 200, responseHeaders: [['content-type', 'text/event-stream']] })
        .ends(answered);
    expect(chains(ask(ask(aSession().frame(), 'POST'), 'POST').build())).toEqual([[1], [2]]);
    expect(chains(ask(ask(aSession().frame(), 'GET'), 'GET').build())).toEqual([[1, 2]]);
  });

  it('join a new EventSource object to one that ended for good', () => {
    const events = 'https://shop.test/events';
    const story = aSession().frame().eventsource(events).opens().ends({ endedBy: 'unknown' });
    const session = story.reconnects().ends({ endedBy: 'unknown' }).eventsource(events).build();
    expect(chains(session)).toEqual([[1, 2, 3]]);
    expect(session.connections.get(2)?.link?.basis).toBe('observed');
    expect(session.connections.get(3)?.link?.basis).toBe('inferred');
  });
});

describe('the user', () => {
  const two = () => lives(lives(aSession().frame()).receives('a').ends(lost)).receives('b');

  it('splits a channel, and takes that back', () => {
    const split = two().decides('begins');
    expect(chains(split.build())).toEqual([[1], [2]]);
    expect(split.build().channels.map(({ tally }) => tally.received.messages)).toEqual([1, 1]);
    expect(split.build().channels.map(({ rows }) => rows.get(0))).toEqual([0, 1]);
    expect(chains(split.decides('withdrawn').build())).toEqual([[1, 2]]);
  });

  it('joins channels, with what they hold', () => {
    const apart = lives(lives(aSession().frame()).receives('a'), `${URL}/b`).receives('b');
    const before = apart.build();
    const joined = apart.drops(0, 3).decides('continues', 1).build();
    expect(chains(before)).toEqual([[1], [2]]);
    expect(chains(joined)).toEqual([[1, 2]]);
    expect(joined.channels[0]).toMatchObject({
      id: 1,
      tally: { received: { messages: 5 } },
      dropped: { received: { messages: 3 } },
      rows: { length: 2 },
    });
    expect(joined.connections.get(2)?.link?.basis).toBe('user');
    expect(chains(apart.decides('withdrawn').build())).toEqual([[1], [2]]);
  });

  it('joins live, while messages come', () => {
    const facts = lives(lives(aSession().frame()).receives('a'), `${URL}/b`)
      .receives('b')
      .decides('continues', 1)
      .receives('c')
      .facts();
    const session = sessionOf([]);
    for (const fact of facts) {
      session.ingest(fact);
      expect(session.channels.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(
        session.messages.length,
      );
    }
    expect(session.channels[0]?.rows.length).toBe(3);
  });
});

describe('channels', () => {
  it('hold each connection and each message exactly once', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const session = sessionOf(facts);
        const connections = session.channels.flatMap((channel) => channel.connections);
        expect(new Set(connections)).toEqual(new Set(session.connections.values()));
        expect(connections.length).toBe(session.connections.size);
        const rows = session.channels.flatMap((channel) => {
          const kept = Array.from({ length: channel.rows.length }, (_, i) => channel.rows.get(i));
          const ids = new Set(channel.connections.map(({ id }) => id));
          expect(kept.every((row) => ids.has(session.messages.connection(row)))).toBe(true);
          return kept;
        });
        expect(rows.sort((a, b) => a - b)).toEqual(
          Array.from({ length: session.messages.length }, (_, row) => row),
        );
      }),
    );
  });

  it('are the same whenever the facts of their connections come, and whenever one looks', () => {
    const told = (session: Session) =>
      session.channels
        .map(({ connections, tally, dataTypes, failedTries, sizes, endpoint }) => ({
          chain: connections.map(({ id }) => id).sort((a, b) => a - b),
          links: connections.map(({ id, link }) => ({ id, link })).sort((a, b) => a.id - b.id),
          counts: { tally, dataTypes, failedTries, sizes, endpoint },
        }))
        .sort((a, b) => (a.chain[0] ?? 0) - (b.chain[0] ?? 0));
    fc.assert(
      fc.property(arbitrarySockets, fc.array(fc.boolean()), ({ inOrder, mixed }, looks) => {
        const expected = told(sessionOf(inOrder));
        expect(told(sessionOf(mixed))).toEqual(expected);
        const watched = sessionOf([]);
        mixed.forEach((fact, index) => {
          watched.ingest(fact);
          if (looks[index % Math.max(looks.length, 1)] === true) told(watched);
        });
        expect(told(watched)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the key of an endpoint', () => {
  it.each([
    [
      'wss://a.test/x?EIO=4&transport=websocket&sid=abc',
      'wss://a.test/x?EIO=4&transport=websocket',
    ],
    ['wss://a.test/x?room=7&access_token=abc&t=PqX', 'wss://a.test/x?room=7'],
    ['wss://a.test/hub?id=Zk3v9qQhT0mXw2L8bR5yAa', 'wss://a.test/hub?id=*'],
    ['wss://a.test/echo/017/k3jf82ja/websocket', 'wss://a.test/echo/*/*/websocket'],
    ['wss://a.test/doc/3f2b8c1e-1a2b-4c3d-9e8f-0123456789ab', 'wss://a.test/doc/*'],
    ['wss://a.test/room-2024-general-talk', 'wss://a.test/room-2024-general-talk'],
    ['wss://a.test/x?b=2&a=1#f', 'wss://a.test/x?a=1&b=2'],
  ])('%s is %s', (url, stable) => {
    expect(linkKey(url).stable).toBe(stable);
  });
});

describe('a call site', () => {
  it('is the innermost line of a stack of either engine', () => {
    const place = 'https://a.test/x.js:10:5';
    expect(callSite(`    at new Socket (${place})\n    at f (b.js:1:1)`)).toEqual({
      name: 'new Socket',
      place,
    });
    expect(callSite(`    at ${place}`)).toEqual({ name: '', place });
    expect(callSite(`connect@${place}\n@b.js:1:1`)).toEqual({ name: 'connect', place });
    expect(callSite('no stack')).toBeUndefined();
  });
});
