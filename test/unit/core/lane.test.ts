import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstRowFrom,
  isAbnormalEnd,
  layoutLane,
  type LaneLayout,
} from '../../../src/core/lane.ts';
import type { Session } from '../../../src/core/session.ts';
import type { TimeWindow } from '../../../src/core/time-window.ts';
import { aSession } from '../../builders/session.ts';

const URL = 'https://shop.test/events';

function layout(
  session: Session,
  window: TimeWindow,
  width: number,
  now = session.lastAt,
): LaneLayout {
  const [channel] = session.channels;
  if (channel === undefined) throw new Error('no channel');
  return layoutLane(channel, session.messages, window, width, now);
}

const shownStretches = ({ stretches }: LaneLayout) =>
  stretches
    .filter(({ width }) => width > 0)
    .map(({ state, x, width }) => `${state} ${x}–${x + width}`);

describe('a lane', () => {
  const outage = aSession()
    .frame()
    .eventsource(URL)
    .after(9)
    .opens()
    .after(30)
    .ends({ endedBy: 'network' })
    .after(100)
    .reconnects()
    .after(10)
    .opens()
    .build();
  // Created at 1, open at 10, ended at 40, tried again at 140, open at 150.

  it('shows the life of a channel, and its outage in one', () => {
    const lane = layout(outage, { from: 0, to: 200 }, 200, 180);
    expect(shownStretches(lane)).toEqual([
      'connecting 1–10',
      'open 10–40',
      'gap 40–140',
      'gap 140–150',
      'open 150–180',
    ]);
    expect(lane.ends).toEqual([{ x: 40, isAbnormal: true, isTry: false }]);
  });

  it('shows the part of a stretch that is in the window, also of an outage', () => {
    expect(shownStretches(layout(outage, { from: 20, to: 30 }, 100))).toEqual(['open 0–100']);
    expect(shownStretches(layout(outage, { from: 60, to: 100 }, 100))).toEqual(['gap 0–100']);
    expect(shownStretches(layout(outage, { from: 30, to: 50 }, 20))).toEqual([
      'open 0–10',
      'gap 10–20',
    ]);
    expect(layout(outage, { from: 60, to: 100 }, 100).ends).toEqual([]);
    expect(shownStretches(layout(outage, { from: 500, to: 600 }, 100, 180))).toEqual([]);
    expect(shownStretches(layout(outage, { from: -10, to: 0 }, 100))).toEqual([]);
  });

  it('shows a closing handshake, and a connection that never opened', () => {
    const closing = aSession().frame().websocket(URL).opens().after(10).closing().after(10);
    closing.ends({ endedBy: 'page', wasClean: true });
    const lane = layout(closing.build(), { from: 0, to: 100 }, 100);
    expect(shownStretches(lane)).toEqual(['connecting 1–2', 'open 2–12', 'closing 12–22']);
    expect(lane.ends).toEqual([{ x: 22, isAbnormal: false, isTry: false }]);
    const refused = aSession()
      .frame()
      .websocket(URL)
      .after(10)
      .ends({ endedBy: 'unknown' })
      .build();
    expect(shownStretches(layout(refused, { from: 0, to: 100 }, 100))).toEqual(['connecting 1–11']);
  });

  it('shows each message where they can be told apart, and how many where not', () => {
    const story = aSession().frame().websocket(URL).opens();
    for (let i = 0; i < 50; i += 1) story.receives('a').sends('b');
    const session = story.build();
    const wide = layout(session, { from: 0, to: 1_000 }, 1_000);
    expect(wide.messages).toHaveLength(100);
    expect(wide.densities).toEqual([]);
    expect(wide.messages[0]).toEqual({
      x: 3,
      direction: 'received',
      row: 0,
      isBeat: false,
    });
    expect(wide.messages[1]).toEqual({ x: 4, direction: 'sent', row: 1, isBeat: false });
    const narrow = layout(session, { from: 0, to: 1_000 }, 100);
    expect(narrow.messages).toEqual([]);
    const total = narrow.densities.reduce((sum, { sent, received }) => sum + sent + received, 0);
    expect(total).toBe(100);
  });

  it('is drawn inside its width, without overlaps, as much as fits', () => {
    const life = fc.record({
      wait: fc.integer({ min: 1, max: 400 }),
      opens: fc.boolean(),
      messages: fc.nat(40),
      closes: fc.boolean(),
      ends: fc.boolean(),
    });
    const shown = fc.record({
      from: fc.integer({ min: -200, max: 3_000 }),
      span: fc.integer({ min: 1, max: 4_000 }),
      width: fc.integer({ min: 1, max: 800 }),
    });
    fc.assert(
      fc.property(
        fc.array(life, { minLength: 1, maxLength: 8 }),
        shown,
        (lives, { from, span, width }) => {
          const story = aSession().frame().eventsource(URL);
          for (const [index, { wait, opens, messages, closes, ends }] of lives.entries()) {
            if (index > 0) story.after(wait).reconnects();
            if (opens) story.after(wait).opens();
            for (let i = 0; i < messages; i += 1) story.receives('a');
            if (closes) story.after(wait).closing();
            if (ends || index < lives.length - 1) story.after(wait).ends({ endedBy: 'network' });
          }
          const session = story.build();
          const window = { from, to: from + span };
          const { stretches, ends, messages, densities } = layout(session, window, width);
          const within = width + 1e-6;
          let reached = -1e-6;
          for (const stretch of stretches) {
            expect(stretch.width).toBeGreaterThanOrEqual(0);
            expect(stretch.x).toBeGreaterThanOrEqual(reached);
            reached = stretch.x + stretch.width - 1e-6;
            expect(reached).toBeLessThanOrEqual(within);
          }
          for (const { x } of [...ends, ...messages]) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x).toBeLessThanOrEqual(within);
          }
          for (const { x, width: bar } of densities) {
            expect(x + bar).toBeGreaterThan(0);
            expect(x).toBeLessThanOrEqual(within);
          }
          expect(messages.length).toBeLessThanOrEqual(width * 0.4);
          expect(densities.length).toBeLessThanOrEqual(width / 2 + 2);
          const isInside = (at: number) => at >= window.from && at < window.to;
          const rows = Array.from({ length: session.messages.length }, (_, row) => row);
          const inside = rows.filter((row) => isInside(session.messages.at(row)));
          if (densities.length === 0) expect(messages.map(({ row }) => row)).toEqual(inside);
          else expect(messages).toEqual([]);
        },
      ),
    );
  });

  it('shows requests of polling as far as they can be told apart, without outages, and what failed', () => {
    const story = aSession().frame();
    for (let index = 0; index < 1_000; index += 1) {
      const status = index === 500 ? 503 : 200;
      story
        .request(URL, 'polling', index > 0 ? { continues: index } : {})
        .after(40)
        .opens({ status })
        .ends({ endedBy: 'server' })
        .after(58);
    }
    const session = story.build();
    const whole = layout(session, { from: 0, to: 100_000 }, 500);
    expect(whole.stretches.map(({ state, width }) => [state, Math.ceil(width)])).toEqual([
      ['open', 498],
    ]);
    expect(whole.ends.map(({ isAbnormal }) => isAbnormal)).toEqual([true]);
    const near = layout(session, { from: 50_000, to: 51_000 }, 500);
    expect(near.stretches.length).toBeGreaterThanOrEqual(10);
    expect(near.stretches.every(({ state, width }) => state === 'open' && width <= 25)).toBe(true);
  });

  it('finds the first message from a time on', () => {
    const session = aSession().frame().websocket(URL).opens().receives('a').after(10).receives('b');
    const { channels, messages } = session.build();
    const [channel] = channels;
    if (channel === undefined) throw new Error('no channel');
    const rows = [-Infinity, 3, 3.5, 13, 14].map((at) => firstRowFrom(channel, messages, at));
    expect(rows).toEqual([0, 0, 1, 1, 2]);
  });
});

describe('an end', () => {
  const end = (more: object) => isAbnormalEnd({ ...more } as never);

  it('is abnormal where nobody asked for it', () => {
    expect(end({ endedBy: 'network', wasClean: false, closeCode: 1006 })).toBe(true);
    expect(end({ endedBy: 'server', wasClean: true, closeCode: 1011 })).toBe(true);
    expect(end({ endedBy: 'unknown' })).toBe(true);
    expect(end({ transport: 'polling', endedBy: 'server', status: 500 })).toBe(true);
    expect(end({ transport: 'fetch-stream', endedBy: 'network' })).toBe(true);
    expect(end({ transport: 'eventsource', endedBy: 'server' })).toBe(true);
  });

  it('is none of an error where the page, a navigation or an orderly server ended it', () => {
    expect(end({ endedBy: 'page', wasClean: false, closeCode: 1006 })).toBe(false);
    expect(end({ endedBy: 'navigation' })).toBe(false);
    for (const closeCode of [1000, 1001, 1005, undefined]) {
      expect(end({ endedBy: 'server', wasClean: true, closeCode })).toBe(false);
    }
    expect(end({ transport: 'fetch-stream', endedBy: 'server', status: 200 })).toBe(false);
    expect(end({ source: 'network-log', endedBy: 'unknown' })).toBe(false);
  });
});
