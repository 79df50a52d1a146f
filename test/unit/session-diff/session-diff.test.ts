import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/session.ts';
import { diffSideOf } from '../../../src/core/session-diff/diff-side.ts';
import { diffMarkdown } from '../../../src/core/session-diff/diff-markdown.ts';
import { reportDiff } from '../../../src/core/session-diff/report-diff.ts';
import { diffSessions } from '../../../src/core/session-diff/session-diff.ts';
import { readSession } from '../../../src/decoders/read-session.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

const side = async (session: Session) => diffSideOf(session, await readSession(session));
const diff = async (before: SessionBuilder, after: SessionBuilder) =>
  diffSessions(await side(before.build()), await side(after.build()));

interface Desk {
  url?: string;
  latency?: number;
  quote?: (index: number) => object;
  extra?: object;
  order?: 'ack first' | 'fill first';
}

/** A trading desk: quotes, and orders of which each is acknowledged and then filled. */
function aDesk({
  url = 'wss://desk.test/live',
  latency = 10,
  quote = (index) => ({ type: 'quote', price: index }),
  extra,
  order = 'ack first',
}: Desk = {}): SessionBuilder {
  const told = aSession().frame().websocket(url).opens();
  for (let index = 0; index < 20; index += 1) {
    told.after(90).receives(JSON.stringify(quote(index)));
    told.after(10).sends(JSON.stringify({ type: 'order', id: `o${index}` }));
    const [first, second] = order === 'ack first' ? ['ack', 'fill'] : ['fill', 'ack'];
    told.after(latency + (index % 3)).receives(JSON.stringify({ type: first, id: `o${index}` }));
    told.after(1).receives(JSON.stringify({ type: second, of: index }));
    if (extra !== undefined) told.after(1).receives(JSON.stringify(extra));
  }
  return told;
}

describe('two recordings', () => {
  it('of the same traffic differ in nothing', async () => {
    const { channels, missing, added } = await diff(aDesk(), aDesk());
    expect([missing, added]).toEqual([[], []]);
    expect(channels).toHaveLength(1);
    expect(channels[0]?.basis).toBe('same endpoint');
    expect(channels[0]?.kinds.map(({ fate, weight }) => [fate, weight])).toEqual(
      Array(4).fill(['kept', 0]),
    );
    expect(channels[0]?.order).toEqual([]);
  });

  it('name kinds that are new and missing first', async () => {
    const { channels } = await diff(
      aDesk({ extra: { type: 'depth', levels: [1, 2] } }),
      aDesk({ extra: { type: 'book', levels: [1, 2] } }),
    );
    const changed = channels[0]?.kinds.slice(0, 2).map(({ name, fate }) => [name, fate]);
    expect(changed?.sort()).toEqual([
      ['book', 'new'],
      ['depth', 'missing'],
    ]);
  });

  it('name kinds that became larger, and no other', async () => {
    const { channels } = await diff(
      aDesk(),
      aDesk({ quote: (index) => ({ type: 'quote', price: index, note: 'x'.repeat(200) }) }),
    );
    const [first, ...others] = channels[0]?.kinds ?? [];
    expect(first?.name).toBe('quote');
    const size = first?.differences.find(({ what }) => what === 'size');
    expect(size?.difference.verdict).toBe('differs');
    expect(size?.difference.ratio).toBeGreaterThan(5);
    expect(first?.fields).toEqual([{ path: 'note', fate: 'new', after: 'text' }]);
    expect(others.every(({ weight }) => weight === 0)).toBe(true);
  });

  it('name what is answered later, but not what chance explains', async () => {
    const slower = (await diff(aDesk(), aDesk({ latency: 80 }))).channels[0]?.kinds;
    const order = slower?.find(({ name }) => name === 'order');
    const latency = order?.differences.find(({ what }) => what === 'latency');
    expect(latency?.difference.verdict).toBe('differs');
    expect(latency?.before.value).toBeCloseTo(11, 0);
    expect(latency?.after.value).toBeCloseTo(81, 0);
    const same = (await diff(aDesk(), aDesk())).channels[0]?.kinds;
    const equal = same
      ?.find(({ name }) => name === 'order')
      ?.differences.find(({ what }) => what === 'latency');
    expect(equal?.difference.verdict).toBe('within chance');
  });

  it('name an order that changed', async () => {
    const { channels } = await diff(aDesk(), aDesk({ order: 'fill first' }));
    expect(channels[0]?.order.map(({ after, was, is }) => [after, was.kind, is.kind])).toEqual([
      ['▲ order', '▼ ack', '▼ fill'],
      ['▼ ack', '▼ fill', '▼ quote'],
      ['▼ fill', '▼ quote', '▼ ack'],
    ]);
  });

  it('name fields that changed their type, went, or are not always there any more', async () => {
    const { channels } = await diff(
      aDesk({ quote: (index) => ({ type: 'quote', price: index, at: { venue: 'X' }, bid: 1 }) }),
      aDesk({
        quote: (index) => ({
          type: 'quote',
          price: String(index),
          at: {},
          ...(index % 2 === 0 && { bid: 1 }),
        }),
      }),
    );
    const fields = channels[0]?.kinds.find(({ name }) => name === 'quote')?.fields;
    expect(fields?.map(({ path, fate }) => [path, fate])).toEqual([
      ['price', 'other type'],
      ['at.venue', 'missing'],
      ['bid', 'now optional'],
    ]);
  });
});

describe('channels', () => {
  it('find each other on another host, and by what they carry', async () => {
    const other = await diff(aDesk(), aDesk({ url: 'wss://staging.desk.test/live' }));
    expect(other.channels.map(({ basis }) => basis)).toEqual(['same path on another host']);
    const moved = await diff(aDesk(), aDesk({ url: 'wss://desk.test/v2/stream' }));
    expect(moved.channels.map(({ basis }) => basis)).toEqual(['same kinds of messages']);
  });

  it('that have nothing in common stay alone', async () => {
    const news = aSession().frame().eventsource('https://desk.test/news').opens();
    for (let index = 0; index < 9; index += 1) news.after(50).receives(`{"headline":${index}}`);
    const { channels, missing, added } = await diff(aDesk(), news);
    expect(channels).toEqual([]);
    expect(missing.map(({ channel }) => channel.endpoint)).toEqual(['wss://desk.test/live']);
    expect(added.map(({ channel }) => channel.endpoint)).toEqual(['https://desk.test/news']);
  });
});

describe('what changed, told', () => {
  it('in Markdown has what changed, and only that', async () => {
    const told = diffMarkdown(
      await diff(aDesk(), aDesk({ latency: 80, extra: { type: '*bold*', levels: [1] } })),
    );
    expect(told).toContain('- ▼ **\\*bold\\***: new: 20 messages');
    expect(told).toMatch(/- ▲ \*\*order\*\*: .*time to its answer 11 ms → 81 ms: 7\.\d × as long/u);
    expect(told).not.toContain('**quote**: size');
  });

  it('in numbers says whether anything changed', async () => {
    expect(reportDiff(await diff(aDesk(), aDesk())).isChanged).toBe(false);
    const report = reportDiff(await diff(aDesk(), aDesk({ latency: 80 })));
    expect(report.isChanged).toBe(true);
    const order = report.channels[0]?.kinds.find(({ name }) => name === 'order');
    expect(order?.differences.find(({ what }) => what === 'latency')).toMatchObject({
      unit: 'milliseconds',
      before: 11,
      after: 81,
    });
  });
});
