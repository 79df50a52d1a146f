import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/session.ts';
import { createStory } from '../../../src/core/story/story.ts';
import type { Story } from '../../../src/core/story/story-types.ts';
import { arbitraryFacts } from '../../builders/arbitrary-session.ts';
import { arbitrarySockets } from '../../builders/arbitrary-sockets.ts';
import { aSession, type SessionBuilder, sessionOf } from '../../builders/session.ts';

const URL = 'wss://shop.test/live';
const lost = { endedBy: 'network', closeCode: 1006, wasClean: false } as const;

function storyOf(session: Session, now?: number): Story {
  const story = createStory(session);
  story.update(now);
  return story;
}

const first = (story: SessionBuilder, now?: number) => {
  const told = storyOf(story.build(), now).of(1);
  if (told === undefined) throw new Error('no story');
  return told;
};

/** A story as data: curves become numbers, and messages are told by what they say. */
function asData(session: Session, story: Story): unknown {
  const rows = Array.from({ length: session.messages.length }, (_, row) => row);
  const beats = rows
    .filter((row) => story.isHeartbeat(row))
    .map((row) => {
      const { connection, at, payload, direction } = session.messages.read(row);
      return [connection, at, direction, payload].join(' ');
    })
    .sort();
  const channels = session.channels
    .map(({ id, connections }) => {
      const told = story.of(id);
      const { expected, ...policy } = told?.policy ?? {};
      const curve = [1, 2, 3].map((attempt) => expected?.(attempt));
      return { first: connections[0]?.id ?? 0, ...told, channel: 0, policy, curve };
    })
    .sort((a, b) => a.first - b.first);
  return { beats, channels };
}

/** A socket that is lost and comes back after each delay; all tries but the last of an outage fail. */
function outage(story: SessionBuilder, delays: readonly number[]): SessionBuilder {
  story.ends(lost);
  delays.forEach((delay, index) => {
    story.after(delay).websocket(URL);
    if (index < delays.length - 1) story.ends({ endedBy: 'unknown', closeCode: 1006 });
    else story.opens();
  });
  return story;
}

const open = () => aSession().frame().websocket(URL).opens();

describe('the story of a session', () => {
  it('is the same whether its facts come at once or in pieces', () => {
    const check = (facts: Parameters<typeof sessionOf>[0], looks: boolean[]) => {
      const session = sessionOf([]);
      const story = createStory(session);
      let index = 0;
      for (const fact of facts) {
        session.ingest(fact);
        index += 1;
        if (looks[index % Math.max(looks.length, 1)] !== true) continue;
        story.update();
        for (const { id } of session.channels) story.of(id);
      }
      story.update();
      const whole = sessionOf(session.facts());
      expect(asData(session, story)).toEqual(asData(whole, storyOf(whole)));
    };
    const looks = fc.array(fc.boolean(), { maxLength: 8 });
    fc.assert(fc.property(arbitraryFacts, looks, check), { numRuns: 150 });
    const sockets = arbitrarySockets.map(({ mixed }) => mixed);
    fc.assert(fc.property(sockets, looks, check), { numRuns: 150 });
  });

  it('is the same in whatever order the connections tell their facts', () => {
    fc.assert(
      fc.property(arbitrarySockets, ({ inOrder, mixed }) => {
        const [a, b] = [sessionOf(inOrder), sessionOf(mixed)];
        expect(asData(b, storyOf(b))).toEqual(asData(a, storyOf(a)));
      }),
      { numRuns: 200 },
    );
  });

  it('is the same object until something changes', () => {
    const session = outage(open(), [100]).build();
    const story = storyOf(session);
    const told = story.of(1);
    story.update();
    expect(story.of(1)).toBe(told);
    session.ingest({ kind: 'connection-ended', connection: 2, at: 900, endedBy: 'network' });
    story.update();
    expect(story.of(1)).not.toBe(told);
  });
});

describe('an outage', () => {
  it('begins where the page lost the connection and ends where the next one opened', () => {
    const story = outage(open().receives('a').after(50), [100, 200]).after(30).receives('b');
    const [told] = first(story).outages;
    expect(told).toMatchObject({
      connection: 1,
      start: 53,
      end: 355,
      downtime: 302,
      endedBy: 'network',
      isIntended: false,
      closeCode: 1006,
      silence: 50,
      firstMessageAfter: 30,
      cause:
        'The connection broke without a closing handshake (1006), 50 ms after it had heard the last of it',
    });
    expect(told?.attempts.map(({ delay, failure }) => [delay, failure])).toEqual([
      [100, 'It never opened: the server refused it or could not be reached (1006)'],
      [200, undefined],
    ]);
  });

  it('is none where the page closed what was well, or a question was answered, or the user left', () => {
    expect(first(open().closing(1000).ends({ endedBy: 'page', closeCode: 1000 })).outages).toEqual(
      [],
    );
    expect(first(open().removesFrame()).outages).toEqual([]);
    const answered = aSession()
      .frame()
      .request('https://shop.test/chat', 'fetch-stream', { method: 'POST' })
      .opens({ status: 200 })
      .ends({ endedBy: 'server', wasClean: true });
    expect(first(answered).outages).toEqual([]);
  });

  it('is one where the page gave up a silent connection and came back', () => {
    const story = open();
    for (let beat = 0; beat < 5; beat += 1) story.after(100).receives('ping').sends('pong');
    story.after(400).closing().ends({ endedBy: 'page' }).after(100).websocket(URL).opens();
    expect(first(story).outages).toMatchObject([{ isIntended: true, attempts: [{ number: 1 }] }]);
  });

  it('lasts, and somebody gave up, when no try comes any more', () => {
    const story = open().ends(lost);
    expect(first(story, 100).outages).toMatchObject([{ isGivenUp: false }]);
    expect(first(story, 10_000)).toMatchObject({
      policy: { kind: 'none' },
      outages: [{ isGivenUp: true, downtime: 9_997 }],
    });
  });

  it('counts against the time in which the channel was open', () => {
    const { availability } = first(outage(open().after(500), [250]).after(250).receives('x'));
    expect(availability.share).toBeCloseTo(0.75, 1);
  });
});

describe('how messages went on', () => {
  const seq = (story: SessionBuilder, ...numbers: number[]) => {
    for (const n of numbers) story.receives(`42["tick",{"seq":${n},"price":7}]`);
    return story;
  };
  const resume = (story: SessionBuilder) => first(story).outages[0]?.resume;

  it.each([
    ['exact', [4, 5, 6], { lost: 0, repeated: 0 }],
    ['repeated', [2, 3, 4, 5], { lost: 0, repeated: 2, repeatedRanges: [{ from: 2, to: 3 }] }],
    ['lost', [7, 8, 9], { lost: 3, repeated: 0, lostRanges: [{ from: 4, to: 6 }] }],
    ['exact', [6, 4, 5, 7, 8, 9], { lost: 0, repeated: 0, reordered: 1 }],
  ])('%s: %j', (verdict, after, counts) => {
    const story = seq(outage(seq(open(), 1, 2, 3), [100]), ...after);
    expect(resume(story)).toMatchObject({ verdict, ...counts, sequence: '[1].seq' });
  });

  it('cannot be known where nothing counts, or where the count begins anew', () => {
    expect(resume(outage(open().receives('a'), [9]).receives('b'))?.verdict).toBe('unknown');
    const anew = resume(seq(outage(seq(open(), 1, 2, 3), [9]), 1, 2, 3, 4));
    expect(anew).toMatchObject({
      verdict: 'unknown',
      why: ['[1].seq begins anew on each connection'],
    });
  });

  it('is never called lost where we dropped messages ourselves', () => {
    const story = seq(outage(seq(open(), 1, 2, 3).drops(0, 2), [9]), 7, 8, 9);
    expect(resume(story)).toMatchObject({ verdict: 'unknown', lost: 0 });
  });

  it('follows event IDs, and says whether the last one was honoured', () => {
    const events = (from: number, story: SessionBuilder) => {
      for (let id = from; id < from + 3; id += 1) {
        story.receives('x', { eventType: 'message', lastEventId: `${id}` });
      }
      return story;
    };
    const told = (from: number) =>
      events(
        from,
        events(1, aSession().frame().eventsource('https://shop.test/e').opens())
          .ends({ endedBy: 'unknown' })
          .reconnects()
          .after(3_000)
          .opens(),
      );
    const honoured = first(told(4));
    expect(honoured.outages[0]?.resume).toMatchObject({
      verdict: 'exact',
      sequence: 'event IDs',
      lastEventIdSent: '3',
      isLastEventIdHonoured: true,
    });
    expect(honoured.policy).toMatchObject({ kind: 'fixed', by: 'browser', base: 3_001 });
    expect(resume(told(6))).toMatchObject({ verdict: 'lost', isLastEventIdHonoured: false });
  });
});

describe('a browser without network, and a page that nobody sees', () => {
  const tries = (isHidden: boolean) => {
    const story = open().goesOffline();
    if (isHidden) story.hides();
    outage(story, [1_000, 2_000]).goesOffline(false).hides(false);
    return outage(story, [1_000]);
  };

  it('name the cause of an outage, and no other outage', () => {
    const [first1, second] = first(tries(false)).outages;
    expect(first1?.cause).toMatch(/^The browser was offline\. /u);
    expect(second?.cause).not.toMatch(/offline/u);
    const told = open().ends(lost).goesOffline().after(5_000).websocket(URL).opens();
    expect(first(told).outages[0]?.cause).toMatch(/^The browser was offline\. /u);
    const late = open().ends(lost).after(9_000).goesOffline().websocket(URL).opens();
    expect(first(late).outages[0]?.cause).not.toMatch(/offline/u);
  });

  it('stand with each try that was made all the same', () => {
    const marked = (isHidden: boolean) =>
      first(tries(isHidden)).outages[0]?.attempts.map(({ connection, ...rest }) => [
        connection,
        rest.isHidden === true,
        rest.isOffline === true,
      ]);
    expect(marked(false)).toEqual([
      [2, false, true],
      [3, false, true],
    ]);
    expect(marked(true)?.map(([, isHidden]) => isHidden)).toEqual([true, true]);
  });

  it('is taken in also when it is told after the story was', () => {
    const facts = open().ends(lost).goesOffline().facts();
    const session = sessionOf(facts.slice(0, -1));
    const story = createStory(session);
    story.update();
    expect(story.of(1)?.outages[0]?.cause).not.toMatch(/offline/u);
    const { revision } = story;
    for (const fact of facts.slice(-1)) session.ingest(fact);
    story.update();
    expect(story.of(1)?.outages[0]?.cause).toMatch(/offline/u);
    expect(story.revision).toBeGreaterThan(revision);
  });
});

describe('heartbeats', () => {
  it('are learned with their side, interval, answers and what is missing', () => {
    const story = aSession().frame().websocket('wss://a.test/socket.io/?EIO=4').opens();
    for (let beat = 0; beat < 4; beat += 1) story.after(400).receives('2').after(5).sends('3');
    story.receives('42["hi"]').after(1_500).receives('2');
    const told = storyOf(story.build());
    expect(told.of(1)?.heartbeats).toMatchObject([
      {
        kind: 'engine.io ping',
        side: 'server',
        interval: 405,
        count: 5,
        isAnswered: true,
        roundTrip: 5,
        missed: 3,
      },
    ]);
    expect([0, 1, 8, 9].map(told.isHeartbeat)).toEqual([true, true, false, true]);
  });

  it('are found in an equal message at an even interval, and not in one at will', () => {
    const even = open();
    for (let beat = 0; beat < 6; beat += 1) even.after(1_000).sends('{"op":"still-here"}');
    expect(first(even).heartbeats).toMatchObject([
      { kind: 'equal message', side: 'page', interval: 1_000 },
    ]);
    const uneven = open();
    for (const pause of [10, 900, 4_000, 30, 2_000, 5]) uneven.after(pause).sends('{"op":"click"}');
    const told = storyOf(uneven.build());
    expect(told.of(1)?.heartbeats).toEqual([]);
    expect(told.isHeartbeat(0)).toBe(false);
  });

  it('are the comments of an event stream, too; and silence is measured', () => {
    const story = aSession().frame().eventsource('https://a.test/e').opens();
    for (let beat = 0; beat < 3; beat += 1) story.after(15_000).notes({ comment: '' });
    const told = first(story.after(65_000).receives('x', { eventType: 'message' }));
    expect(told.heartbeats).toMatchObject([{ kind: 'comment', side: 'server', interval: 15_000 }]);
    expect(told.silence).toMatchObject({ longest: 65_000, exceeds: [30_000, 60_000] });
  });

  it('of polling is lost with a request that fails, and not with the end of each answer', () => {
    const polls = aSession().frame();
    const answers = [200, 200, 503, 503, 200, 200];
    for (const [index, status] of answers.entries()) {
      polls
        .after(index === 0 ? 0 : 2000)
        .request('http://shop.test/poll', 'polling', index === 0 ? {} : { continues: index })
        .opens({ status })
        .receives('[]')
        .ends({ endedBy: 'server' });
    }
    const session = polls.build();
    const story = createStory(session);
    story.update();
    const told = story.of(session.channels[0]?.id ?? 0);
    expect(told?.outages).toHaveLength(1);
    const [outage] = told?.outages ?? [];
    expect(outage?.connection).toBe(3);
    expect(outage?.attempts.map(({ connection }) => connection)).toEqual([4, 5]);
    expect(outage?.downtime).toBeGreaterThan(4000);
    expect(outage?.downtime).toBeLessThan(4100);
    expect(told?.availability.share).toBeCloseTo(1 - (outage?.downtime ?? 0) / session.lastAt, 2);
  });
});
