import { anEventSource, aSocket, outage, times } from '../builders/advice.ts';
import type { SessionBuilder } from '../builders/session.ts';
import type { AdviceCases } from './case.ts';

const numbered = (story: SessionBuilder, from: number, to: number) =>
  times(story, to - from + 1, (each, index) => each.after(100).receives(`{"seq":${from + index}}`));

/** Numbered messages, an outage, and numbered ones after it. */
const resumed = (next: number) => {
  const story = numbered(aSocket(), 1, 12);
  return numbered(outage(story, [300]), next, next + 8);
};

const tries = (hides: (story: SessionBuilder) => SessionBuilder) =>
  hides(aSocket().after(500))
    .ends({ endedBy: 'network', closeCode: 1006 })
    .after(800)
    .websocket('wss://shop.test/live')
    .ends({ endedBy: 'unknown', closeCode: 1006 })
    .after(1_700)
    .websocket('wss://shop.test/live')
    .opens();

const asksAfter = (count: number) =>
  times(outage(aSocket().after(2_000), [730]), count, (story, index) =>
    story.sends(`{"subscribe":"topic-${index}"}`),
  )
    .after(4_000)
    .receives('1');

export const RECONNECTING: AdviceCases = {
  'messages-lost': {
    found: () => resumed(17),
    lookAlike: () => resumed(13),
    because: 'the numbers go on where they stopped',
  },
  'messages-repeated': {
    found: () => resumed(9),
    lookAlike: () => resumed(1),
    because: 'they begin at 1 on each connection',
  },
  'reconnects-at-once': {
    found: () => outage(outage(aSocket(), [3, 2, 4]).after(500), [2, 3]),
    lookAlike: () => outage(outage(aSocket(), [1_013, 2_190, 3_870]).after(500), [920, 2_030]),
    because: 'it waits, longer and longer',
  },
  'never-backs-off': {
    found: () => outage(aSocket(), [1_000, 1_002, 1_001, 1_000, 1_003, 1_001]),
    lookAlike: () => outage(aSocket(), [1_000, 2_001, 4_000, 8_002, 16_001, 30_000]),
    because: 'each delay is twice the one before',
  },
  'no-jitter': {
    found: () => outage(outage(aSocket(), [1_000, 2_001, 4_000]).after(500), [1_001, 2_000, 4_001]),
    lookAlike: () =>
      outage(outage(aSocket(), [310, 1_890, 2_200, 690]).after(500), [940, 420, 3_700, 5_100]),
    because: 'chance is in the delays',
  },
  'gives-up': {
    found: () =>
      outage(aSocket(), [1_000, 2_000, 4_000])
        .ends({ endedBy: 'network', closeCode: 1006 })
        .after(1_000)
        .websocket('wss://shop.test/live')
        .ends({ endedBy: 'unknown', closeCode: 1006 })
        .after(2_000)
        .websocket('wss://shop.test/live')
        .ends({ endedBy: 'unknown', closeCode: 1006 })
        .after(4_000)
        .websocket('wss://shop.test/live')
        .ends({ endedBy: 'unknown', closeCode: 1006 })
        .after(60_000)
        .websocket('wss://other.test/')
        .opens(),
    lookAlike: () => outage(aSocket(), [1_000, 2_000, 4_000]).after(60_000).receives('1'),
    because: 'the last try came through',
  },
  'resubscribe-storm': {
    found: () => asksAfter(25),
    lookAlike: () => asksAfter(3),
    because: 'three messages are no storm',
  },
  'reconnects-while-hidden': {
    found: () => tries((story) => story.hides()),
    lookAlike: () => tries((story) => story.hides().after(9_000).hides(false)),
    because: 'it was shown again by then',
  },
  'reconnects-while-offline': {
    found: () => tries((story) => story.goesOffline()),
    lookAlike: () =>
      anEventSource()
        .goesOffline()
        .ends({ endedBy: 'network' })
        .after(3_000)
        .reconnects()
        .ends({ endedBy: 'network' })
        .after(3_000)
        .goesOffline(false)
        .reconnects()
        .opens(),
    because: 'the browser itself tries again for an EventSource, and no page can hold it back',
  },
};
