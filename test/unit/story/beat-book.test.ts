import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/session.ts';
import { createStory } from '../../../src/core/story/story.ts';
import { aSession, type SessionBuilder, sessionOf } from '../../builders/session.ts';

const URL = 'wss://shop.test/live';

function beating(times: number): SessionBuilder {
  const story = aSession().frame().websocket(URL).opens();
  for (let beat = 0; beat < times; beat += 1) {
    story.after(1_000).sends('{"type":"ping"}').receives('{"type":"pong"}');
    story.receives(`{"price":${beat}}`);
  }
  return story;
}

/** Nobody has a name for it, but it comes evenly. */
function humming(times: number): SessionBuilder {
  const story = aSession().frame().websocket(URL).opens();
  for (let beat = 0; beat < times; beat += 1) story.after(500).receives('hum');
  return story;
}

function countOf(session: Session) {
  const story = createStory(session);
  story.update();
  const [channel] = session.channels;
  if (channel === undefined) throw new Error('no channel');
  return story.beatsOf(channel);
}

function inBuckets(session: Session): number {
  let sum = 0;
  countOf(session).density.visit(25, 0, 1e6, (_, { sent, received }) => {
    sum += sent + received;
  });
  return sum;
}

describe('the count of heartbeats', () => {
  it('holds pings and their answers, and nothing else', () => {
    const session = beating(10).build();
    const { sent, received } = countOf(session).tally;
    expect([sent.messages, received.messages]).toEqual([10, 10]);
    expect(sent.bytes).toBe(10 * '{"type":"ping"}'.length);
    expect(inBuckets(session)).toBe(20);
  });

  it('takes in the first equal messages once enough came, and says that it turned', () => {
    const facts = humming(12).facts();
    const session = sessionOf([]);
    const story = createStory(session);
    const seen: number[] = [];
    for (const fact of facts) {
      session.ingest(fact);
      story.update();
      const [channel] = session.channels;
      if (channel !== undefined) seen.push(story.beatsOf(channel).tally.received.messages);
    }
    expect(seen).toContain(0);
    expect(seen.at(-1)).toBe(12);
    const [channel] = session.channels;
    if (channel === undefined) throw new Error('no channel');
    expect(story.beatsOf(channel).turns).toBe(1);
    expect(countOf(session).tally.received).toEqual({ messages: 12, bytes: 36 });
  });

  it('follows messages into the channel where the user puts them', () => {
    const session = beating(4)
      .ends({ endedBy: 'network', closeCode: 1006 })
      .after(200)
      .websocket(URL)
      .opens()
      .sends('{"type":"ping"}')
      .build();
    const story = createStory(session);
    story.update();
    session.ingest({ kind: 'link-decided', connection: 2, at: session.lastAt, decision: 'begins' });
    story.update();
    expect(session.channels.map((channel) => story.beatsOf(channel).tally.sent.messages)).toEqual([
      4, 1,
    ]);
  });
});
