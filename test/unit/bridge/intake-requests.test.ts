import { describe, expect, it } from 'vitest';
import type { TapFact } from '../../../src/bridge/tap-record.ts';
import type { RequestFact } from '../../../src/core/http/request.ts';
import { aHello, AN_ORIGIN, aTab, evictedFrom } from '../../builders/a-tab.ts';
import { aPiece, type ARequest, asSeen, requestFacts } from '../../builders/requests.ts';

/** Facts of requests as a tap records them. */
const asTapped = (facts: readonly RequestFact[]) => facts as TapFact[];
const tapped = (connection: number, request: ARequest) =>
  asTapped(requestFacts(connection, request));
const STREAM: ARequest = { type: 'text/event-stream', pieces: [[25, 'data: a\n\n']] };
const polls = (times: readonly number[]): ARequest[] => times.map((at) => ({ at }));

function aWatchedTab() {
  const tab = aTab();
  tab.intake.hear(1, aHello('top'));
  const payloads = () =>
    tab.facts().flatMap((fact) => (fact.kind === 'message' ? [fact.payload] : []));
  return { ...tab, payloads };
}

describe('a request', () => {
  it('is none of the session’s business while it amounts to nothing', () => {
    const { hear, session, state } = aWatchedTab();
    hear(1, 1, tapped(1, {}), [evictedFrom(1, 9, 90)]);
    expect(session().connections.size).toBe(0);
    expect(session().dropped.received.messages).toBe(0);
    expect(state.rejected).toBe(0);
  });

  it('is a connection with all it told once it is a stream', () => {
    const { hear, session, facts } = aWatchedTab();
    const request = { ...STREAM, method: 'POST', sends: 'ask', at: 10 };
    hear(1, 1, [...tapped(1, {}), ...tapped(2, request)]);
    expect([...session().connections.values()]).toMatchObject([
      {
        id: 1,
        transport: 'fetch-stream',
        method: 'POST',
        status: 200,
        source: 'page',
        createdAt: 10,
        openedAt: 30,
        endedBy: 'server',
        state: 'closed',
      },
    ]);
    expect(facts().filter(({ kind }) => kind === 'message')).toMatchObject([
      { connection: 1, direction: 'sent', payload: 'ask', at: 10 },
      { connection: 1, direction: 'received', payload: 'a', eventType: 'message', at: 35 },
    ]);
    expect(session().channels[0]?.tally.received).toEqual({ messages: 1, bytes: 1 });
  });

  it('is early where it happened before anybody watched, also when it is admitted later', () => {
    const { intake, hear, session } = aWatchedTab();
    intake.watch(AN_ORIGIN + 3_000);
    hear(1, 1, asTapped(asSeen(polls([0, 2000, 4000, 6000]))));
    const early = [...session().connections.values()].map((connection) => connection.early);
    expect(early).toEqual([true, true, false, false]);
    const rows = [0, 1, 2, 3].map((row) => session().messages.read(row).early);
    expect(rows).toEqual([true, true, undefined, undefined]);
  });

  it('becomes one polling channel with those like it, linked and with evidence', () => {
    const { hear, session } = aWatchedTab();
    hear(1, 1, asTapped(asSeen(polls([0, 2000, 4000, 6000, 8000]))));
    expect(session().channels).toMatchObject([{ transport: 'polling' }]);
    const links = session().channels[0]?.connections.map(({ link }) => link?.basis);
    expect(links).toEqual([undefined, 'inferred', 'inferred', 'inferred', 'inferred']);
  });

  it('is not told apart by how its records were batched', () => {
    const requests = [
      ...polls([0, 2000, 4000, 6000]),
      { ...STREAM, at: 100, url: 'https://a.test/s' },
    ];
    const records = asTapped(asSeen(requests));
    const [atOnce, oneByOne] = [aWatchedTab(), aWatchedTab()];
    atOnce.hear(1, 1, records);
    records.forEach((record, index) => {
      oneByOne.hear(1, index + 1, [record]);
    });
    expect(oneByOne.facts()).toEqual(atOnce.facts());
    expect(atOnce.session().connections.size).toBe(5);
  });

  it('that no tap could have sent is refused', () => {
    const { hear, state, session } = aWatchedTab();
    hear(1, 1, [...tapped(1, STREAM), ...tapped(1, STREAM).slice(0, 1), aPiece(9, 1, 'x')]);
    expect(state.rejected).toBe(2);
    expect(session().connections.size).toBe(1);
  });
});

describe('what a tap let go of a request', () => {
  it('is dropped of its stream, in pieces as the tap counted them, whenever it is heard of', () => {
    const { hear, session, payloads } = aWatchedTab();
    const [created, opened, piece, ended] = tapped(1, STREAM);
    hear(
      1,
      1,
      [created, opened].filter((fact) => fact !== undefined),
      [evictedFrom(1, 2, 50)],
    );
    expect(session().dropped.received).toEqual({ messages: 2, bytes: 50 });
    // The totals count the one piece that comes, too.
    hear(
      1,
      3,
      [piece, ended].filter((fact) => fact !== undefined),
      [evictedFrom(1, 2, 50)],
    );
    hear(1, 5, [], [evictedFrom(1, 3, 59)]);
    expect(session().dropped.received).toEqual({ messages: 2, bytes: 50 });
    hear(1, 5, [], [evictedFrom(1, 4, 60)]);
    expect(session().dropped.received).toEqual({ messages: 3, bytes: 51 });
    // Out of step after what was dropped: the event may be half of one.
    expect(payloads()).toEqual([null]);
  });

  it('waits with a request that is held', () => {
    const { hear, session } = aWatchedTab();
    const records = asTapped(asSeen(polls([0, 2000, 4000, 6000])));
    hear(1, 1, records.slice(0, 2), [evictedFrom(1, 1, 70)]);
    hear(1, 3, records.slice(2));
    const body = [...session().facts()].find((fact) => fact.kind === 'message');
    expect(body).toMatchObject({
      connection: 1,
      payload: null,
      payloadState: 'evicted',
      byteLength: 72,
    });
  });
});

describe('a cleared session', () => {
  it('goes on with a stream where its reader stands', () => {
    const { intake, hear, session, payloads } = aWatchedTab();
    const [created, opened] = tapped(1, STREAM);
    const begun = [created, opened].filter((fact) => fact !== undefined);
    hear(1, 1, [...begun, aPiece(1, 30, 'id: 7\ndata: a\n\nda')]);
    intake.restart(AN_ORIGIN + 100);
    expect([...session().connections.values()]).toMatchObject([
      { transport: 'fetch-stream', state: 'open', status: 200, createdAt: -100, method: 'GET' },
    ]);
    expect(session().connections.get(1)?.responseHeaders).toEqual([
      ['content-type', 'text/event-stream'],
    ]);
    hear(1, 4, [aPiece(1, 130, 'ta: b\n\n')]);
    expect(payloads()).toEqual(['b']);
    expect(session().messages.read(0)).toMatchObject({ at: 30, lastEventId: '7' });
  });

  it('never shows what was over, but remembers it as evidence', () => {
    const { intake, hear, session } = aWatchedTab();
    const records = asTapped(asSeen(polls([0, 2000, 4000, 6000, 8000])));
    const before = records.filter(({ at }) => at < 5000);
    hear(1, 1, before);
    intake.restart(AN_ORIGIN + 5_000);
    hear(1, 1 + before.length, records.slice(before.length));
    expect([...session().connections.values()]).toMatchObject([
      { transport: 'polling', createdAt: 1_000, link: undefined },
      { createdAt: 3_000, link: { basis: 'inferred' } },
    ]);
    expect(session().messages.length).toBe(2);
  });

  it('shows nothing from before it, of a request that is admitted only later', () => {
    const { intake, hear, payloads } = aWatchedTab();
    const pieces = [0, 500, 1000, 1500].map((after): [number, string] => [
      100 + after,
      `p${after} `,
    ]);
    const records = tapped(1, { pieces, endsAfter: 2000 });
    hear(1, 1, records.slice(0, 4));
    intake.restart(AN_ORIGIN + 700);
    hear(1, 5, records.slice(4));
    expect(payloads()).toEqual(['p1000 ', 'p1500 ']);
  });
});

describe('a navigation', () => {
  it('forgets the evidence of the page that was left', () => {
    const { intake, hear, session } = aWatchedTab();
    hear(1, 1, asTapped(asSeen(polls([0, 2000, 4000]))));
    intake.hear(2, aHello('next', {}, 6_000));
    hear(2, 1, tapped(1, {}));
    expect(session().connections.size).toBe(0);
  });
});
