import { describe, expect, it } from 'vitest';
import { describeRequest } from '../../../src/core/http/describe-request.ts';
import { pollRhythm } from '../../../src/core/http/poll-rhythm.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

const URL = 'https://shop.test/poll';

/** Requests that each last so long, with so long a pause after each. */
function polls(count: number, lasts: number, pause: number): SessionBuilder {
  const story = aSession().frame();
  for (let index = 0; index < count; index += 1) {
    story
      .after(pause)
      .request(`${URL}?after=${index}`, 'polling', index > 0 ? { continues: index } : {})
      .after(lasts - 1)
      .opens({ status: 200 })
      .ends({ endedBy: 'server' });
  }
  return story;
}

function rhythm(story: SessionBuilder, later = 0) {
  const session = story.build();
  const [channel] = session.channels;
  if (channel === undefined) throw new Error('no channel');
  return pollRhythm(channel, session.lastAt + later);
}

describe('the rhythm of polling', () => {
  it('is regular where the page asks by the clock', () => {
    expect(rhythm(polls(6, 10, 1_990))).toMatchObject({ kind: 'regular', every: 2_000 });
  });

  it('is held open where the server keeps each request', () => {
    const told = rhythm(polls(6, 5_000, 20));
    expect(told?.kind).toBe('held-open');
    expect(told?.lasts).toBeCloseTo(5_000, -1);
  });

  it('is told by the requests that wait, where others are sent beside them', () => {
    const story = polls(5, 5_000, 20);
    for (let index = 0; index < 6; index += 1) {
      story
        .request(URL, 'polling', { method: 'POST', continues: 1 })
        .opens({ status: 200 })
        .ends({ endedBy: 'server' });
    }
    expect(rhythm(story)?.kind).toBe('held-open');
  });

  it('is over after a silence of several of its intervals, not while a request waits', () => {
    expect(rhythm(polls(6, 10, 1_990), 3_000)?.isOver).toBe(false);
    expect(rhythm(polls(6, 10, 1_990), 7_000)?.isOver).toBe(true);
    const waiting = polls(6, 5_000, 20).request(URL, 'polling', { continues: 6 });
    expect(rhythm(waiting, 60_000)?.isOver).toBe(false);
  });

  it('is not told from two requests', () => {
    expect(rhythm(polls(2, 10, 1_000))).toBeUndefined();
  });
});

describe('how a request ended', () => {
  const told = (more: object) => describeRequest({ state: 'closed', source: 'page', ...more });

  it('is told with the status of an error', () => {
    expect(told({ endedBy: 'server', status: 200 })).toBe('The response came to its end.');
    expect(told({ endedBy: 'server', status: 503 })).toContain('(503)');
    expect(told({ endedBy: 'network', status: 200 })).toContain('broke');
  });

  it('is not guessed where only the network log tells', () => {
    expect(told({ source: 'network-log' })).toContain('does not tell why');
  });
});
