import { advise, type Advice } from '../../src/core/advice/advise.ts';
import { adviceInputOf } from '../../src/core/advice/advice-input.ts';
import type { AdviceInput } from '../../src/core/advice/rule.ts';
import type { DecodedChannel } from '../../src/core/report-decoding.ts';
import type { Session } from '../../src/core/session.ts';
import { createStory } from '../../src/core/story/story.ts';
import { aSession, type SessionBuilder } from './session.ts';

/** A session as rules look at it. */
export function lookedAt(
  session: Session,
  decoded: ReadonlyMap<number, DecodedChannel> = new Map(),
): AdviceInput {
  const story = createStory(session);
  story.update();
  return adviceInputOf({ session, story, decoded });
}

/** What all rules say of it. */
export function adviceOn(session: Session, decoded?: ReadonlyMap<number, DecodedChannel>): Advice {
  return advise(lookedAt(session, decoded));
}

export const SOCKET = 'wss://shop.test/live';
export const STREAM = 'https://shop.test/events';
export const BROKEN = { endedBy: 'network', closeCode: 1006, wasClean: false } as const;

/** A socket that opened, as fast as a good one does. */
export const aSocket = (url = SOCKET, requestedSubprotocols: string[] = []): SessionBuilder =>
  aSession()
    .frame()
    .websocket(url, { requestedSubprotocols })
    .after(30)
    .opens({ extensions: 'permessage-deflate' });

export const anEventSource = (url = STREAM): SessionBuilder =>
  aSession().frame().eventsource(url).after(30).opens();

/** Does something so many times. */
export function times(
  story: SessionBuilder,
  count: number,
  step: (story: SessionBuilder, index: number) => void,
): SessionBuilder {
  for (let index = 0; index < count; index += 1) step(story, index);
  return story;
}

/** The connection is lost and comes back after each delay; all tries but the last one fail. */
export function outage(
  story: SessionBuilder,
  delays: readonly number[],
  url = SOCKET,
): SessionBuilder {
  story.ends(BROKEN);
  delays.forEach((delay, index) => {
    story.after(delay).websocket(url).after(20);
    if (index < delays.length - 1) story.ends({ endedBy: 'unknown', closeCode: 1006 });
    else story.opens({ extensions: 'permessage-deflate' });
  });
  return story;
}

/** Requests one after the other, each with its answer; `null` is one without a body. */
export function polls(
  answers: readonly (string | null)[],
  { every = 2_000, lasts = 40, url = 'https://shop.test/api/status' } = {},
): SessionBuilder {
  const story = aSession().frame();
  answers.forEach((answer, index) => {
    story.request(url, 'polling', {
      method: 'GET',
      ...(index > 0 && { continues: 1 }),
    });
    story.after(lasts).opens({ status: answer === null ? 204 : 200 });
    if (answer !== null) story.receives(answer);
    story.ends({ endedBy: 'server', wasClean: true }).after(every - lasts);
  });
  return story;
}
