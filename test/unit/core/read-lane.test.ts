import { describe, expect, it } from 'vitest';
import { readLane } from '../../../src/core/read-lane.ts';
import { createStory } from '../../../src/core/story/story.ts';
import { aSession } from '../../builders/session.ts';

const URL = 'wss://shop.test/live';

const session = aSession()
  .frame()
  .websocket(URL)
  .after(99)
  .opens()
  .after(100)
  .sends('a')
  .after(100)
  .receives('b')
  .after(100)
  .ends({ endedBy: 'network', closeCode: 1006, wasClean: false })
  .after(200)
  .websocket(URL)
  .after(100)
  .opens()
  .build();
// Made at 1, open at 100, sent at 200, received at 300, lost at 400, tried again at 600, open at 700.
const [channel] = session.channels;
if (channel === undefined) throw new Error('no channel');
const story = createStory(session);
story.update();
const lane = {
  channel,
  messages: session.messages,
  outages: story.of(channel.id)?.outages ?? [],
};

describe('reading a lane at a time', () => {
  it('tells how the channel stood', () => {
    const states = [0, 50, 150, 500, 650, 700].map((at) => readLane(lane, at, 0).state);
    expect(states).toEqual(['before', 'connecting', 'open', 'down', 'connecting', 'open']);
  });

  it('finds the outage that lasts then, and no other', () => {
    expect(readLane(lane, 500, 0).outage?.start).toBe(400);
    expect(readLane(lane, 300, 0).outage).toBeUndefined();
    expect(readLane(lane, 750, 0).outage).toBeUndefined();
  });

  it('finds the nearest message within reach that is shown', () => {
    expect(readLane(lane, 240, 50).row).toBe(0);
    expect(readLane(lane, 260, 50).row).toBe(1);
    expect(readLane(lane, 260, 20).row).toBeUndefined();
    expect(readLane(lane, 260, 100, (row) => row !== 1).row).toBe(0);
  });

  it('has the rate of the bucket around it', () => {
    const { rate } = readLane(lane, 250, 0);
    expect(rate).toEqual({ messages: 2 / 1.6, bytes: 2 / 1.6, over: 1_600 });
  });
});
