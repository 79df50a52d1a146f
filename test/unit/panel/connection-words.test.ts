import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/core/facts.ts';
import {
  channelWord,
  connectionWord,
  failuresWord,
  placeWord,
  triesWord,
} from '../../../src/panel/views/channel-words.ts';
import { connectionSections } from '../../../src/panel/views/connection-sections.ts';
import { formatDelta, typeWord } from '../../../src/panel/views/message-words.ts';
import { timingRows } from '../../../src/panel/views/timing-rows.ts';
import { urlDifference } from '../../../src/panel/views/url-difference.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

const URL = 'https://shop.test/feed';

function channelOf(story: SessionBuilder) {
  const session = story.build();
  const [channel] = session.channels;
  const connection = channel?.connections.at(-1);
  if (channel === undefined || connection === undefined) throw new Error('no channel');
  return { session, channel, connection };
}

const aRequest = (transport: Transport) => aSession().frame().request(URL, transport);

describe('the words of a channel', () => {
  it('tell how a stream ended, and the status of an error', () => {
    const word = (story: SessionBuilder) => connectionWord(channelOf(story).connection);
    const stream = () => aRequest('fetch-stream').opens({ status: 200 });
    expect(word(stream())).toMatchObject({ text: 'open', isBroken: false });
    expect(word(stream().ends({ endedBy: 'server' })).text).toBe('ended');
    expect(word(stream().ends({ endedBy: 'page' })).text).toBe('aborted');
    const broken = { text: 'broke off', isBroken: true };
    expect(word(stream().ends({ endedBy: 'network' }))).toMatchObject(broken);
    const refused = aRequest('xhr-stream').opens({ status: 429 }).ends({ endedBy: 'server' });
    expect(word(refused)).toMatchObject({ text: '429', isBroken: true });
  });

  it('tell of polling its rhythm and how many requests it took', () => {
    const story = aSession().frame();
    for (let index = 0; index < 5; index += 1) {
      story
        .after(1_998)
        .request(URL, 'polling', index > 0 ? { continues: index } : {})
        .opens({ status: index === 4 ? 503 : 200 })
        .ends({ endedBy: 'server' });
    }
    const { channel, session } = channelOf(story);
    expect(channelWord(channel, session.lastAt).text).toBe('every 2 s');
    expect(channelWord(channel, session.lastAt + 60_000).text).toBe('stopped');
    expect(triesWord(channel)?.text).toBe('5 requests');
    expect(failuresWord(channel)?.text).toBe('1 failed (503)');
  });

  it('name the place of the code where it is not the page', () => {
    expect(placeWord('top', URL)).toBeUndefined();
    expect(placeWord('worker', URL)).toMatchObject({ text: 'in a worker' });
  });
});

describe('the facts of a connection', () => {
  it('stand in sections that say who told them; what nobody told has none', () => {
    const bare = channelOf(aRequest('fetch-stream'));
    expect(connectionSections(bare.connection, undefined).map(({ id }) => id)).toEqual(['general']);
    const { connection } = channelOf(
      aRequest('fetch-stream')
        .opens({ status: 200, responseHeaders: [['content-type', 'text/event-stream']] })
        .notes({ comment: ' beat', reconnectionTime: 1_500 })
        .logged({
          status: 200,
          httpVersion: 'h2',
          responseHeaders: [['server', 'x']],
          timings: { wait: 8 },
        }),
    );
    const sections = connectionSections(connection, undefined);
    expect(sections.map(({ id, from }) => [id, from])).toEqual([
      ['general', 'page'],
      ['event-stream', 'page'],
      ['handshake', 'network-log'],
      ['response-headers-log', 'network-log'],
      ['response-headers-page', 'page'],
    ]);
    expect(sections[1]?.lines?.map(({ text }) => text)).toEqual(['1.5 s', '1', 'beat']);
  });

  it('show the phases one after another, TLS as the end of connecting', () => {
    const timings = { blocked: 2, dns: 0, connect: 10, ssl: 4, send: 0.01, wait: 8, receive: 900 };
    expect(timingRows(timings, false).map(({ start, length }) => [start, length])).toEqual([
      [0, 2],
      [2, 10],
      [8, 4],
      [12, 8],
    ]);
    expect(timingRows(timings, true)).toHaveLength(5);
    expect(timingRows(undefined, true)).toEqual([]);
  });

  it('tell requests apart by what differs in their addresses', () => {
    expect(urlDifference(`${URL}?a=1&b=2`, `${URL}?a=1&b=1`)).toEqual(['b=2']);
    expect(urlDifference('https://shop.test/other', URL)).toEqual(['/other']);
    expect(urlDifference(URL, URL)).toEqual([]);
  });
});

describe('the words of a message', () => {
  it('are the event type, or request and response', () => {
    const text = { direction: 'received', dataType: 'string' } as const;
    expect(typeWord({ ...text, eventType: 'tick' }, 'fetch-stream')).toBe('tick');
    expect(typeWord(text, 'polling')).toBe('response');
    expect(typeWord({ ...text, direction: 'sent' }, 'fetch-stream')).toBe('request');
    expect(typeWord(text, 'websocket')).toBe('string');
  });

  it('leave a delta blank that goes back in time', () => {
    expect(formatDelta(-1)).toBe('');
    expect(formatDelta(8)).toBe('+8 ms');
  });
});
