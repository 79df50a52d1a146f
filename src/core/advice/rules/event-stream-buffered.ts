import type { Milliseconds } from '../../units.ts';
import { median } from '../../story/beats.ts';
import { carriesEventStream } from '../event-streams.ts';
import { channelRule } from '../said.ts';
import { newestMessages, type SeenMessage } from '../seen-messages.ts';

/** Events this close came in one piece. */
const ONE_PIECE: Milliseconds = 20;
const SHORTEST_SILENCE: Milliseconds = 1000;
const FEWEST_IN_BURST = 4;
const FEWEST_BURSTS = 3;
/** A buffer is full at the same size each time, but for the event that overflows it. */
const EVEN_SIZES = 0.2;

interface Burst {
  readonly row: number;
  readonly connection: number;
  count: number;
  bytes: number;
  until: Milliseconds;
  /** Since the event before it. */
  readonly silence: Milliseconds;
}

/** What a proxy collects comes in bursts after silence. A server may do so on purpose, so sizes decide how sure it is. */
export const eventStreamBuffered = channelRule(
  {
    id: 'event-stream-buffered',
    topic: 'Event streams',
    title: 'Something between collects events',
    source:
      'nginx, “proxy_buffering” and “X-Accel-Buffering”: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
  },
  function* look({ channel }, { messages }) {
    if (!carriesEventStream(channel)) return;
    // What a connection begins with is what was waiting for it.
    const bursts = burstsOf(newestMessages(messages, channel, 'received')).filter(
      ({ silence }) => silence < Infinity,
    );
    const full = bursts.filter(
      ({ count, silence }) => count >= FEWEST_IN_BURST && silence >= SHORTEST_SILENCE,
    );
    const held = full.reduce((sum, { count }) => sum + count, 0);
    const all = bursts.reduce((sum, { count }) => sum + count, 0);
    if (full.length < FEWEST_BURSTS || held < all * 0.8) return;
    const isEven = areEven(full.map(({ bytes }) => bytes));
    const silence = median(full.map((burst) => burst.silence));
    const size = Math.round(median(full.map(({ bytes }) => bytes)));
    yield {
      severity: isEven ? 'warning' : 'info',
      summary: `Events come in bursts: ${full.length} times ${FEWEST_IN_BURST} or more at once, after ${Math.round(silence)} ms of silence (median)${isEven ? `, each of about ${size} bytes, as a buffer gives them out` : ''}.`,
      advice:
        'If the server sends them one by one, something between holds them back: turn buffering and compression off for this path (“X-Accel-Buffering: no” for nginx) and flush after each event.',
      ifWrong:
        'If the server sends in bursts on purpose, nothing is gained, and without buffering a slow client holds the server’s connection longer.',
      rows: full.map(({ row }) => row),
    };
  },
);

function burstsOf(events: readonly SeenMessage[]): Burst[] {
  const bursts: Burst[] = [];
  const last = new Map<number, Burst>();
  for (const { row, at, connection, byteLength } of events) {
    const before = last.get(connection);
    if (before !== undefined && at - before.until <= ONE_PIECE) {
      before.count += 1;
      before.bytes += byteLength;
      before.until = at;
      continue;
    }
    const silence = before === undefined ? Infinity : at - before.until;
    const burst = { row, connection, count: 1, bytes: byteLength, until: at, silence };
    last.set(connection, burst);
    bursts.push(burst);
  }
  return bursts;
}

function areEven(sizes: readonly number[]): boolean {
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length;
  // Small ones are no buffer.
  return mean >= 1024 && Math.sqrt(variance) / mean < EVEN_SIZES;
}
