import { describe, expect, it } from 'vitest';
import { noteRequest } from '../../../src/core/http/note-request.ts';
import { createSorter } from '../../../src/core/http/sorter.ts';
import { measureChannels } from '../../../src/core/measures/measure.ts';
import type { Session } from '../../../src/core/session.ts';
import { createStory } from '../../../src/core/story/story.ts';
import { aSession } from '../../builders/session.ts';
import { asSeen } from '../../builders/requests.ts';

const HOST = 'https://shop.test';

function backChannelOf(session: Session) {
  const story = createStory(session);
  story.update();
  return measureChannels({
    session,
    channels: session.channels.slice(0, 1),
    story,
    classOf: () => 'app',
    pairs: [],
  }).direction.backChannel;
}

const aStream = () => aSession().frame().eventsource(`${HOST}/events`).opens();

describe('the way back beside an event stream', () => {
  it('is counted, and what the stream said after it', () => {
    const story = aStream();
    for (let n = 0; n < 5; n += 1) {
      story.after(4_000).posts(HOST, 40).after(20).receives(`said ${n}`);
      story.after(4_000).receives(`news ${n}`);
    }
    expect(backChannelOf(story.posts(HOST, 10).build())).toEqual({
      requests: 6,
      bytes: 210,
      answered: 5,
      shareOfEvents: 0.5,
      within: 1_000,
      connections: [],
      rows: [0, 2, 4, 6, 8],
    });
  });

  it('calls nothing an answer that would have come anyway', () => {
    const story = aStream();
    for (let n = 0; n < 40; n += 1) story.after(200).receives(`tick ${n}`);
    story.after(100).posts(HOST, 40).after(150).receives('late');
    expect(backChannelOf(story.build())).toMatchObject({ within: 50, requests: 1, answered: 0 });
  });

  it('is not that of another host, another document, or of a WebSocket', () => {
    const other = aStream().posts('https://api.test', 5).frame().posts(HOST, 5);
    expect(backChannelOf(other.build())?.requests).toBe(0);
    const socket = aSession().frame().websocket('wss://shop.test/').opens().posts(HOST, 5);
    expect(backChannelOf(socket.build())).toBeUndefined();
  });

  it('counts polling by POST once, though it was noted before it was found', () => {
    const story = aStream().posts(HOST, 40);
    const noted = story.facts().at(-1);
    const at = noted?.at ?? 0;
    story.after(100).request(`${HOST}/poll`, 'polling', { method: 'POST' }).sends('12345');
    const facts = story.facts();
    const created = facts.at(-2);
    if (created?.kind === 'connection-created') created.at = at;
    expect(backChannelOf(story.build())).toMatchObject({ requests: 1, bytes: 5, connections: [2] });
  });
});

describe('a request beside a stream', () => {
  const made = { frame: 1, at: 500, url: `${HOST}/say?room=7`, method: 'post' };

  it('is noted without its path', () => {
    expect(noteRequest(aStream().build(), made, 40)).toEqual({
      kind: 'request-noted',
      frame: 1,
      at: 500,
      method: 'POST',
      origin: HOST,
      byteLength: 40,
    });
  });

  it('is not where it only asks, elsewhere, or when no stream is open', () => {
    const session = aStream().build();
    expect(noteRequest(session, { ...made, method: 'GET' }, 0)).toBeUndefined();
    expect(noteRequest(session, { ...made, url: 'https://api.test/say' }, 0)).toBeUndefined();
    expect(noteRequest(session, { ...made, frame: 2 }, 0)).toBeUndefined();
    const over = aStream().ends({ endedBy: 'page' }).build();
    expect(noteRequest(over, made, 0)).toBeUndefined();
  });

  it('is heard of once it ended as part of nothing', () => {
    const heard: number[] = [];
    const requests = [
      { url: `${HOST}/say`, method: 'POST', sends: 'hello' },
      { url: `${HOST}/feed`, type: 'text/event-stream' },
    ];
    const sorter = createSorter(
      () => undefined,
      undefined,
      ({ created, sentBytes }) => heard.push(created.connection, sentBytes),
    );
    for (const fact of asSeen(requests)) sorter.hear(fact);
    expect(heard).toEqual([1, 5]);
  });
});
