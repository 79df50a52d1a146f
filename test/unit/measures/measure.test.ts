import { describe, expect, it } from 'vitest';
import { measureChannels } from '../../../src/core/measures/measure.ts';
import type { Measures } from '../../../src/core/measures/measures.ts';
import type { Session } from '../../../src/core/session.ts';
import { createStory } from '../../../src/core/story/story.ts';
import { A_HEADER, aSession } from '../../builders/session.ts';

function measured(session: Session, channels = session.channels): Measures {
  const story = createStory(session);
  story.update();
  const { isHeartbeat } = story;
  const classOf = (row: number) => (isHeartbeat(row) ? 'heartbeat' : 'app');
  return measureChannels({ session, channels, story, classOf, pairs: [] });
}

describe('time', () => {
  it('is told of connecting, first message, gaps, jitter and recovery', () => {
    const story = aSession().frame().websocket('wss://shop.test/live').after(40).opens();
    story.after(60).receives('a').after(100).receives('b').after(300).receives('c');
    story.after(10).ends({ endedBy: 'network', closeCode: 1006 });
    story.after(500).websocket('wss://shop.test/live').after(20).opens().after(30).receives('d');
    const { time } = measured(story.build());
    expect(time.connect).toMatchObject({ count: 2, min: 20, max: 40 });
    expect(time.firstMessage).toMatchObject({ count: 2, min: 50, max: 100 });
    // Not from one connection to the next.
    expect(time.gaps).toMatchObject({ count: 2, min: 100, max: 300, mean: 200 });
    expect(time.jitter).toBe(200);
    expect(time.recovery).toMatchObject({ count: 1, max: 550 });
  });

  it('of polling is that of all its answers', () => {
    const story = aSession().frame();
    for (let n = 1; n <= 4; n += 1) {
      story.request('https://shop.test/poll', 'polling', n > 1 ? { continues: n - 1 } : {});
      story.after(20).opens({ status: 200 }).receives(`n ${n}`).ends({ endedBy: 'server' });
      story.after(977);
    }
    const { time, load } = measured(story.build());
    expect(time.gaps?.count).toBe(3);
    expect(time.gaps?.p50).toBe(time.gaps?.max);
    expect(time.messagesPerSecond).toBeCloseTo(4 / 3.015, 1);
    expect(load).toMatchObject({ connections: 4, held: 1, openTime: 88 });
  });
});

describe('the delay of delivery', () => {
  /** @param skew of the server's clock @param late how long each message takes */
  function feed(skew: number, late: (n: number) => number, write: (time: number) => string) {
    const story = aSession().frame().websocket('wss://shop.test/live').opens();
    for (let n = 0; n < 40; n += 1) {
      story.after(1_000);
      const arrives = A_HEADER.startedAt + (story.facts().at(-1)?.at ?? 0) + 1_000;
      story.receives(write(arrives + skew - late(n)));
    }
    return measured(story.build()).time.delivery;
  }

  it('is found by the field that tells when it was sent, whatever the offset of its clock', () => {
    const delivery = feed(
      -90_000,
      (n) => 20 + (n % 4) * 50,
      (time) => `{"v":1763000000000,"bar":${time - (time % 60_000)},"meta":{"sent":${time}}}`,
    );
    expect(delivery).toMatchObject({ field: 'meta.sent', unit: 'ms' });
    expect(delivery?.delays).toMatchObject({ count: 40, min: 0, max: 150 });
    // By the fastest message, which took 20 ms.
    expect(delivery?.offset).toMatchObject({ value: -90_020, grade: 'estimated' });
  });

  it.each([
    ['s', (time: number) => `{"t":${Math.floor(time / 1_000)}}`],
    ['ISO 8601', (time: number) => `{"t":"${new Date(time).toISOString()}"}`],
  ] as const)('reads a time in %s', (unit, write) => {
    expect(feed(0, () => 5, write)).toMatchObject({ field: 't', unit });
  });

  it('is unknown where times are of something else', () => {
    expect(
      feed(
        0,
        () => 5,
        () => `{"since":${A_HEADER.startedAt}}`,
      ),
    ).toBeUndefined();
    const shuffled = feed(
      0,
      (n) => ((n * 7_919) % 40) * 30_000,
      (time) => `{"at":${time}}`,
    );
    expect(shuffled).toBeUndefined();
  });
});

describe('load', () => {
  it('counts what is held, slots over HTTP/1.1 alone, and idle time', () => {
    const story = aSession().frame();
    for (let n = 0; n < 3; n += 1) story.eventsource(`http://shop.test/events/${n}`).opens();
    story.eventsource('https://shop.test/other').opens().logged({ httpVersion: 'h2' });
    story.websocket('ws://shop.test/live').opens();
    story.after(10_000).receives('x').after(500).receives('y');
    const session = story.build();
    const { load } = measured(session);
    expect(load).toMatchObject({ connections: 5, held: 5, http1Slots: 3 });
    expect(load.reconnectsPerHour).toBeUndefined();
    const alone = measured(session, session.channels.slice(4)).load;
    expect(alone.idleShare).toBeCloseTo(10_000 / 10_500, 3);
  });

  it('does not take the wait before the browser’s own reconnect for connecting', () => {
    const story = aSession().frame().eventsource('https://shop.test/events');
    story.after(19).opens().receives('1').ends({ endedBy: 'server' });
    story.reconnects().after(3_000).opens().receives('2');
    const { time } = measured(story.build());
    expect(time.connect).toMatchObject({ count: 1, max: 19 });
    expect(time.firstMessage).toMatchObject({ count: 1 });
  });

  it('tells reconnects in an hour once there was time for a rate', () => {
    const story = aSession().frame().eventsource('https://shop.test/events').opens();
    story
      .after(60_000)
      .ends({ endedBy: 'server' })
      .reconnects()
      .opens()
      .after(60_000)
      .receives('x');
    expect(measured(story.build()).load.reconnectsPerHour).toBeCloseTo(30, 1);
  });
});
