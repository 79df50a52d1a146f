import { describe, expect, it } from 'vitest';
import { createStory } from '../../../src/core/story/story.ts';
import type { ChannelStory } from '../../../src/core/story/story-types.ts';
import { readingWords } from '../../../src/panel/views/lane-words.ts';
import { beatWord, breaksWord } from '../../../src/panel/views/outage-words.ts';
import {
  captionLines,
  emptyWords,
  shareWords,
} from '../../../src/panel/views/reconnects/story-caption.ts';
import { heartbeatLines, policyLines } from '../../../src/panel/views/reconnects/story-lines.ts';
import { anOutage, aResume } from '../../builders/outage.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';
import { textMessage } from '../../builders/tap.ts';

const URL = 'wss://shop.test/live';
const lost = { endedBy: 'network', closeCode: 1006, wasClean: false } as const;

function told(builder: SessionBuilder, now?: number): ChannelStory {
  const story = createStory(builder.build());
  story.update(now);
  const first = story.of(1);
  if (first === undefined) throw new Error('no story');
  return first;
}

function counted(from: number, to: number, builder: SessionBuilder): SessionBuilder {
  for (let seq = from; seq <= to; seq += 1) builder.after(100).receives(`{"seq":${seq}}`);
  return builder;
}

const broken = () => {
  const builder = counted(1, 20, aSession().frame().websocket(URL).opens());
  return counted(25, 40, builder.ends(lost).after(500).websocket(URL).opens());
};

describe('the words of a channel’s row', () => {
  it('say how often it came back and what was lost', () => {
    const word = breaksWord(told(broken()));
    expect(word).toMatchObject({ text: '1 reconnect · lost 4', isBroken: true });
    expect(word?.title).toContain('without a closing handshake (1006)');
  });

  it('say that it is down, and for how long', () => {
    const down = aSession().frame().websocket(URL).opens().ends(lost);
    expect(breaksWord(told(down, 1_003))).toMatchObject({ text: 'down 1 s', isBroken: true });
    expect(breaksWord(told(down))?.text).toBe('gave up');
  });

  it('are none where nothing broke', () => {
    const story = told(aSession().frame().websocket(URL).opens().receives('a'));
    expect(breaksWord(story)).toBeUndefined();
    expect(beatWord(story)).toBeUndefined();
  });

  it('have a heart for heartbeats, and a count of those that are missing', () => {
    const builder = aSession().frame().websocket(URL).opens();
    for (let beat = 0; beat < 6; beat += 1) {
      builder.after(1_000).sends('{"type":"ping"}').receives('{"type":"pong"}');
    }
    expect(beatWord(told(builder))?.text).toBe('♥');
    const silent = told(builder, 10_500);
    expect(beatWord(silent)).toMatchObject({ text: '♥ 3 missed', isBroken: true });
    const [beat] = silent.heartbeats;
    const lines = beat === undefined ? [] : heartbeatLines(beat);
    expect(lines.map(({ text }) => text)).toContain('the page, and the server answers');
  });
});

describe('the words of the story', () => {
  it('name who tries again, and the tries', () => {
    const lines = policyLines(told(broken()).policy);
    expect(lines.map(({ text }) => text)).toEqual([
      'the page’s own code',
      '1, at most 1 in one outage',
    ]);
    expect(lines.every(({ how }) => how !== undefined)).toBe(true);
  });

  it('never round an outage away', () => {
    expect(shareWords({ share: 0.99999, open: 99_999, down: 1 })).toBe('Open 99.99% of 1.7 min.');
    expect(shareWords({ open: 0, down: 0 })).toBe('It had no time to open yet.');
  });

  it('stand above a picture that leaves the panel', () => {
    const [first, second] = captionLines(told(broken()));
    expect(first).toMatch(/^Open [\d.]+% of 4\.1 s\. /u);
    expect(second).toMatch(/ s: The connection broke .* Lost 4\.$/u);
  });

  it('tell a channel that never opened from one that was never lost', () => {
    const all = { open: 0, down: 100 };
    expect(emptyWords([1, 2], all)).toContain('2 tries have not opened');
    expect(emptyWords([1], { ...all, open: 5 })).toBe('Its connection has not been lost.');
  });
});

describe('the words at the crosshair', () => {
  const rate = { messages: 5, bytes: 1_200, over: 1_600 };

  it('are time, state, rate and the message under it', () => {
    const message = textMessage('{"seq":4812}');
    expect(readingWords(12_031, { state: 'open', rate }, message)).toBe(
      '12.031 s · open · 5 a second, 1.2 kB/s · ▼ {"seq":4812}',
    );
  });

  it('are the outage where there is one', () => {
    const outage = anOutage({ resume: aResume({ verdict: 'lost', lost: 4 }) });
    const none = { messages: 0, bytes: 0, over: 1_600 };
    expect(readingWords(1_500, { state: 'down', outage, rate: none }, undefined)).toBe(
      '1.500 s · outage of 1.2 s, lost 4',
    );
  });
});
