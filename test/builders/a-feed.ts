import type { Session } from '../../src/core/session.ts';
import { aSession, type SessionBuilder } from './session.ts';

const START = Date.UTC(2026, 10, 20, 10);

/** A message of a feed that counts, with the time when it was due. */
export const tick = (seq: number, symbol = 'ACME'): string =>
  JSON.stringify({ seq, time: START + seq * 500, symbol });

export const batch = (from: number, to: number): string =>
  `{"after":${from - 1},"ticks":[${Array.from({ length: to - from + 1 }, (_, index) => tick(from + index)).join(',')}]}`;

/**
 * The same feed, two messages a second, by a WebSocket (channel 1), an EventSource 5 ms later (channel 2), and polling every two
 * seconds (channel 3), each answer with what came since, empty ones included.
 */
export function aFeedThreeWays(seconds = 20): Session {
  let told: SessionBuilder = aSession()
    .frame()
    .websocket('wss://shop.test/ws')
    .opens()
    .eventsource('https://shop.test/sse')
    .opens();
  let polls = 0;
  let asked = 0;
  for (let seq = 1; seq <= seconds * 2; seq += 1) {
    told = told.after(490).on(1).receives(tick(seq));
    told = told
      .after(5)
      .on(2)
      .receives(tick(seq), { lastEventId: `${seq}` });
    if (seq % 4 !== 0) continue;
    polls += 1;
    told = told
      .request('https://shop.test/poll', 'polling', {
        method: 'GET',
        ...(polls > 1 && { continues: 1 + polls }),
      })
      .opens({ status: 200 })
      .receives(batch(asked + 1, seq))
      .ends({ endedBy: 'server' });
    asked = seq;
  }
  return told.build();
}
