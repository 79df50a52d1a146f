import { describe, expect, it } from 'vitest';
import { createStory } from '../../../src/core/story/story.ts';
import { measureChannels } from '../../../src/core/measures/measure.ts';
import { classRows } from '../../../src/core/measures/row-class.ts';
import type { Session } from '../../../src/core/session.ts';
import { readSession } from '../../../src/decoders/read-session.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

async function directionOf(session: Session) {
  const story = createStory(session);
  story.update();
  const decoded = [...(await readSession(session)).values()];
  const { direction } = measureChannels({
    session,
    channels: session.channels,
    story,
    classOf: classRows(story.isHeartbeat, decoded),
    pairs: decoded.flatMap(({ pairs }) => pairs),
  });
  return direction;
}

const aSocket = () => aSession().frame().websocket('wss://shop.test/live').opens();

/** No two are equal: those would be heartbeats. */
let price = 0;

function ticks(builder: SessionBuilder, count: number): SessionBuilder {
  for (let n = 1; n <= count; n += 1) {
    price += n;
    builder.after(100).receives(`{"type":"tick","price":${price}}`);
  }
  return builder;
}

describe('the direction really used', () => {
  it('is one way where the page only said what it wants', async () => {
    const story = aSocket().sends('{"want":"tick"}').after(40).sends('{"token":"x"}');
    const direction = await directionOf(ticks(story, 30).build());
    expect(direction.used).toBe('received-only');
    expect(direction.chatter.sent.messages).toBe(2);
    expect(direction.app.received.messages).toBe(30);
    expect(direction.why).toContain('2 messages sent only on opening');
  });

  it('is two-way where the page speaks in the middle of the stream', async () => {
    const story = ticks(aSocket(), 30).sends('{"type":"order","lot":3}');
    const direction = await directionOf(ticks(story, 30).build());
    expect(direction.used).toBe('two-way');
    expect(direction.app.sent).toEqual({ messages: 1, bytes: 24 });
  });

  it('sets heartbeats aside, both ways', async () => {
    const story = ticks(aSocket(), 20);
    for (let n = 0; n < 6; n += 1) {
      ticks(story.after(5_000).sends('{"type":"ping"}').receives('{"type":"pong"}'), 3);
    }
    const direction = await directionOf(story.build());
    expect(direction.used).toBe('received-only');
    expect(direction.heartbeats.sent.messages).toBe(6);
    expect(direction.heartbeats.received.messages).toBe(6);
  });

  it('sets subscriptions in the middle aside, by their kind', async () => {
    const story = ticks(aSocket(), 20).after(3_000).sends('{"type":"subscribe","room":"b"}');
    const direction = await directionOf(ticks(story, 20).build());
    expect(direction.used).toBe('received-only');
    expect(direction.chatter.sent.messages).toBe(1);
  });

  it('is request and answer by ids, though answers cross', async () => {
    const story = aSocket().after(3_000);
    for (let n = 0; n < 10; n += 2) {
      story
        .after(400)
        .sends(`{"id":"r${n}","do":"a"}`)
        .sends(`{"id":"r${n + 1}","do":"b"}`);
      story.receives(`{"id":"r${n + 1}","ok":1}`).receives(`{"id":"r${n}","ok":1}`);
    }
    expect((await directionOf(story.build())).used).toBe('request-answer');
  });

  it('is request and answer where they take turns', async () => {
    const story = aSocket().after(3_000);
    for (let n = 0; n < 5; n += 1)
      story
        .after(400)
        .sends(`say ${n * n}`)
        .after(20)
        .receives(`so ${n}`);
    const direction = await directionOf(story.build());
    expect(direction.used).toBe('request-answer');
    expect(direction.why).toContain('in turn');
  });

  it('is sent only where the server just greets', async () => {
    const story = aSocket().receives('{"hi":"there"}');
    for (let n = 0; n < 12; n += 1) story.after(700).sends(`{"metric":${n}}`);
    expect((await directionOf(story.build())).used).toBe('sent-only');
  });

  it('is none where nobody said a word', async () => {
    expect((await directionOf(aSocket().build())).used).toBe('none');
  });

  it('says what it could not look at', async () => {
    const direction = await directionOf(ticks(aSocket(), 5).drops(3, 40).build());
    expect(direction.why).toContain('43 dropped messages');
  });
});
