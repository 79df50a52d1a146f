import { describe, expect, it } from 'vitest';
import { align, clockOf } from '../../../src/core/compare/align.ts';
import { readCarried } from '../../../src/core/compare/carried.ts';
import { aFeedThreeWays, batch, tick } from '../../builders/a-feed.ts';
import { measuredOf, subjectOf } from '../../builders/measured.ts';
import { A_HEADER, aSession, type SessionBuilder } from '../../builders/session.ts';

const feed = aFeedThreeWays();
const by = (channel: number) => measuredOf(subjectOf(feed, [channel]));

describe('events', () => {
  it('are messages, and of a poll’s answer each part that counts', () => {
    expect(by(1).carried.ats.length).toBe(40);
    expect(by(1).carried.field).toBeUndefined();
    expect(by(3).carried.ats.length).toBe(40);
    expect(by(3).carried.field).toBe('seq');
    expect(by(3).subject.channels[0]?.rows.length).toBe(10);
  });

  it('are not an answer that holds nothing new', () => {
    const answers = [batch(1, 3), '{"after":3,"ticks":[]}', batch(4, 6), batch(5, 8)];
    let told: SessionBuilder = aSession().frame();
    answers.forEach((answer, index) => {
      told = told
        .request('https://shop.test/poll', 'polling', {
          method: 'GET',
          ...(index > 0 && { continues: index }),
        })
        .opens({ status: 200 })
        .receives(answer)
        .ends({ endedBy: 'server' });
    });
    expect(measuredOf(subjectOf(told.build(), [1])).carried.ats.length).toBe(8);
  });

  it('are those of the app alone', () => {
    const subject = subjectOf(feed, [1]);
    const reading = readCarried(subject, (row) => (row % 2 === 0 ? 'heartbeat' : 'app'));
    let step = reading.next();
    while (step.done !== true) step = reading.next();
    const rows = Array.from(
      { length: 40 },
      (_, index) => subject.channels[0]?.rows.get(index) ?? 0,
    );
    expect(step.value.ats.length).toBe(rows.filter((row) => row % 2 === 1).length);
  });
});

describe('the same events', () => {
  it('are found by the field that counts, and say who was later', () => {
    const found = align(by(1), by(2));
    expect(found).toMatchObject({ by: { field: 'seq' }, shared: 40, clock: 'one', offset: 0 });
    expect(found?.lag?.p50).toBe(5);
    expect(found?.firstIn).toEqual({ base: 40, other: 0, both: 0 });
    expect([found?.missedByBase, found?.missedByOther]).toEqual([0, 0]);
  });

  it('are found in answers to polls, each with its own delay', () => {
    const found = align(by(1), by(3));
    expect(found).toMatchObject({ by: { field: 'seq' }, shared: 40 });
    // Of four events that an answer brings the oldest has waited for three more.
    expect(found?.lag?.max).toBeGreaterThan(1_400);
    expect(found?.lag?.min).toBeLessThan(20);
  });

  it('tell who missed some', () => {
    let told: SessionBuilder = aSession()
      .frame()
      .websocket('wss://shop.test/a')
      .opens()
      .websocket('wss://shop.test/b')
      .opens();
    for (let seq = 1; seq <= 20; seq += 1) {
      told = told.after(100).on(1).receives(tick(seq));
      if (seq !== 7 && seq !== 8) told = told.on(2).receives(tick(seq));
    }
    const session = told.build();
    const found = align(measuredOf(subjectOf(session, [1])), measuredOf(subjectOf(session, [2])));
    expect(found).toMatchObject({ shared: 18, missedByBase: 0, missedByOther: 2 });
  });

  it('are not two feeds that both count from one', () => {
    let told: SessionBuilder = aSession()
      .frame()
      .websocket('wss://shop.test/a')
      .opens()
      .websocket('wss://shop.test/b')
      .opens();
    for (let seq = 1; seq <= 20; seq += 1) {
      told = told
        .after(100)
        .on(1)
        .receives(JSON.stringify({ seq, price: 100 + seq }))
        .on(2)
        .receives(JSON.stringify({ seq, text: `line ${seq}` }));
    }
    const session = told.build();
    const [one, two] = [1, 2].map((id) => measuredOf(subjectOf(session, [id])));
    expect(one && two && align(one, two)).toBeUndefined();
  });

  it('are found by equal payloads where nothing counts', () => {
    const words = ['alpha', 'beta', 'gamma', 'delta', 'beta'];
    let told: SessionBuilder = aSession()
      .frame()
      .websocket('wss://shop.test/a')
      .opens()
      .websocket('wss://shop.test/b')
      .opens();
    for (const word of words)
      told = told.after(50).on(2).receives(word).after(9).on(1).receives(word);
    const session = told.build();
    const [one, two] = [1, 2].map((id) => measuredOf(subjectOf(session, [id])));
    const found = one && two && align(one, two);
    // What came twice could be either.
    expect(found).toMatchObject({ by: 'equal payloads', shared: 3, missedByOther: undefined });
    expect(found?.lag?.p50).toBe(-9);
  });
});

describe('the clocks of two recordings', () => {
  const recorded = (startedAt: number) =>
    aSession({ ...A_HEADER, startedAt })
      .frame()
      .websocket('wss://shop.test/a')
      .opens()
      .after(5_000)
      .receives(tick(1))
      .build();

  it('are joined by the wall clock where their times overlap, and else told from their beginnings', () => {
    const first = subjectOf(recorded(A_HEADER.startedAt), [1]);
    const second = subjectOf(recorded(A_HEADER.startedAt + 2_000), [1]);
    const nextDay = subjectOf(recorded(A_HEADER.startedAt + 86_400_000), [1]);
    expect(clockOf(first, first)).toEqual({ clock: 'one', offset: 0 });
    expect(clockOf(first, second)).toEqual({ clock: 'wall', offset: 2_000 });
    expect(clockOf(first, nextDay)).toEqual({ clock: 'apart', offset: 0 });
  });
});
