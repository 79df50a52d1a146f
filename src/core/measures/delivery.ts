import { formatCountOf } from '../format.ts';
import type { MessageStore } from '../message-store.ts';
import type { EpochMilliseconds, Milliseconds } from '../units.ts';
import { distributionOf } from './distribution.ts';
import type { DeliveryDelay } from './measures.ts';
import type { ClassOfRow } from './row-class.ts';
import { timesIn, type TimeUnit } from './server-time.ts';
import type { Talk } from './talk.ts';

/** So many payloads are read, evenly spread over the recording. */
const MOST_READ = 2_000;
const FEWEST_TIMES = 5;
/** Share of the messages read that carry the field. */
const IN_MOST = 0.5;
/** Share of steps in which the server's time does not go back. */
const FORWARD = 0.9;
/** Share of times that differ from the one before: the beginning of a bar or of a session is no time of sending. */
const MOVING = 0.5;
/** Messages in which it says when something else happened lie wider apart than this share of the time that passed. */
const STEADY = 0.25;

interface Track {
  readonly unit: TimeUnit;
  readonly times: EpochMilliseconds[];
  /** By the page's clock minus by the server's. */
  readonly lags: Milliseconds[];
}

/** How late messages came, by a time that the server writes into them; `undefined` where none does. */
export function deliveryDelay(
  talks: readonly Talk[],
  messages: MessageStore,
  classOf: ClassOfRow,
  startedAt: EpochMilliseconds,
): DeliveryDelay | undefined {
  const rows = talks
    .flatMap(({ rows: own }) => own)
    .filter((row) => !messages.isSent(row) && classOf(row) === 'app');
  const step = Math.max(1, rows.length / MOST_READ);
  const tracks = new Map<string, Track>();
  let read = 0;
  for (let place = 0; place < rows.length; place += step) {
    const row = rows[Math.floor(place)];
    if (row === undefined) break;
    const { payload, at } = messages.read(row);
    if (typeof payload !== 'string') continue;
    read += 1;
    for (const { path, unit, time } of timesIn(payload, startedAt + at)) {
      const key = `${unit} ${path}`;
      const track = tracks.get(key) ?? { unit, times: [], lags: [] };
      track.times.push(time);
      track.lags.push(startedAt + at - time);
      tracks.set(key, track);
    }
  }
  let best: { field: string; track: Track; spread: Milliseconds } | undefined;
  for (const [key, track] of tracks) {
    const spread = spreadOf(track.lags);
    if (!isTimeOfSending(track, read, spread)) continue;
    if (best === undefined || spread < best.spread) {
      best = { field: key.slice(track.unit.length + 1), track, spread };
    }
  }
  return best === undefined ? undefined : toDelay(best.field, best.track);
}

/** Most of the lags lie so close together. */
function spreadOf(lags: readonly Milliseconds[]): Milliseconds {
  const all = distributionOf(lags);
  return all === undefined ? 0 : all.p75 - all.p25;
}

function isTimeOfSending({ times }: Track, read: number, spread: Milliseconds): boolean {
  if (times.length < FEWEST_TIMES || times.length < IN_MOST * read) return false;
  let [forward, moving] = [0, 0];
  let [first, last] = [Infinity, -Infinity];
  times.forEach((time, index) => {
    const before = times[index - 1];
    if (before !== undefined && time >= before) forward += 1;
    if (before !== undefined && time !== before) moving += 1;
    first = Math.min(first, time);
    last = Math.max(last, time);
  });
  const steps = times.length - 1;
  return (
    forward >= FORWARD * steps && moving >= MOVING * steps && spread <= STEADY * (last - first)
  );
}

function toDelay(field: string, { unit, lags }: Track): DeliveryDelay | undefined {
  const fastest = lags.reduce((least, lag) => Math.min(least, lag), Infinity);
  const delays = distributionOf(lags.map((lag) => lag - fastest));
  if (delays === undefined) return undefined;
  return {
    field,
    unit,
    offset: {
      value: -fastest,
      grade: 'estimated',
      how: `The server's clock by the page's, if the fastest of ${formatCountOf(lags.length, 'message')} took no time at all; it took some, so the server's clock is further ahead by that.`,
    },
    delays,
  };
}
