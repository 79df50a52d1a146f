import type { Channel } from './channel.ts';
import type { DirectionTally } from './facts.ts';
import type { Distribution } from './measures/distribution.ts';
import { measureChannels } from './measures/measure.ts';
import type {
  BackChannel,
  DeliveryDelay,
  DirectionUsed,
  Graded,
  Measures,
} from './measures/measures.ts';
import { classRows } from './measures/row-class.ts';
import type { DecodedChannel } from './report-decoding.ts';
import type { Session } from './session.ts';
import type { Story } from './story/story-types.ts';
import type { Bytes, Milliseconds } from './units.ts';
import type { Compression } from './wire-cost/compression.ts';
import type { Carrier, WireCost } from './wire-cost/wire-cost.ts';
import { wireCosts } from './wire-cost/wire-costs.ts';

/** Totals above TLS, in bytes; `asIs` is the channel's own, `costs` says how each was come by. */
export type WireCostReport = { asIs: Bytes } & Partial<Record<(typeof NAMES)[Carrier], Bytes>>;

const NAMES = {
  websocket: 'websocket',
  eventsource: 'eventsource',
  'fetch-stream': 'fetchStream',
  'long-polling': 'longPolling',
  polling: 'polling',
} as const satisfies Record<Carrier, string>;

export interface SpreadReport {
  count: number;
  min: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  mean: number;
}

export interface MeasuresReport {
  /** Why `direction` says what it says. */
  why: string;
  app: DirectionTally;
  heartbeats: DirectionTally;
  chatter: DirectionTally;
  /** Event streams only: what the page sent to their host by requests. */
  backChannel?: Omit<BackChannel, 'within' | 'connections' | 'rows'> & {
    withinMs: Milliseconds;
    evidence: string[];
  };
  connectMs?: SpreadReport;
  phasesMs: Measures['time']['phases'];
  firstMessageMs?: SpreadReport;
  gapsMs?: SpreadReport;
  jitterMs?: Milliseconds;
  bursts: { count: number; largest: number };
  stalls: { count: number; longestMs: Milliseconds; evidence: string[] };
  pairsMs?: SpreadReport;
  delivery?: Pick<DeliveryDelay, 'field' | 'unit'> & { offsetMs: Graded; delaysMs: SpreadReport };
  messagesPerSecond?: number;
  recoveryMs?: SpreadReport;
  held: number;
  http1Slots: number;
  reconnectsPerHour?: number;
  /** 0 to 1. */
  idleShare?: number;
  openMs: Milliseconds;
}

/** What is measured of a channel, and what its traffic costs. */
export interface MeasuringReport {
  direction: DirectionUsed;
  measures: MeasuresReport;
  /** Absent for transports that nobody can choose instead of another one. */
  wireCost?: WireCostReport;
  /** In the order of `wireCost`. */
  costs?: WireCost[];
}

/** What whoever makes a report brings along for a channel. */
export interface Brought {
  readonly decoded: DecodedChannel | undefined;
  /** Of channels that compress; without it their costs are those before compression. */
  readonly compression: Compression | undefined;
}

export function reportMeasures(
  session: Session,
  channel: Channel,
  story: Story,
  { decoded, compression }: Brought,
): MeasuringReport {
  const classOf = classRows(story.isHeartbeat, decoded === undefined ? [] : [decoded]);
  const measures = measureChannels({
    session,
    channels: [channel],
    story,
    classOf,
    pairs: decoded?.pairs ?? [],
  });
  const costs = wireCosts(session, channel, {
    classOf,
    ...(compression !== undefined && { compression }),
  });
  const [asIs] = costs;
  return {
    direction: measures.direction.used,
    measures: measuresReport(measures),
    ...(asIs !== undefined && { wireCost: totalsOf(asIs, costs), costs }),
  };
}

function totalsOf(asIs: WireCost, costs: readonly WireCost[]): WireCostReport {
  return {
    asIs: asIs.total,
    ...Object.fromEntries(costs.map(({ carrier, total }) => [NAMES[carrier], total])),
  };
}

function measuresReport({ direction, time, load }: Measures): MeasuresReport {
  const { why, app, heartbeats, chatter, backChannel } = direction;
  const { phases, jitter, bursts, stalls, delivery, messagesPerSecond } = time;
  const { held, http1Slots, reconnectsPerHour, idleShare, openTime } = load;
  return {
    why,
    app,
    heartbeats,
    chatter,
    ...(backChannel !== undefined && { backChannel: reportBackChannel(backChannel) }),
    ...spread('connectMs', time.connect),
    phasesMs: phases,
    ...spread('firstMessageMs', time.firstMessage),
    ...spread('gapsMs', time.gaps),
    ...(jitter !== undefined && { jitterMs: jitter }),
    bursts,
    stalls: {
      count: stalls.count,
      longestMs: stalls.longest,
      evidence: stalls.rows.map((row) => `m${row}`),
    },
    ...spread('pairsMs', time.pairs),
    ...(delivery !== undefined && {
      delivery: {
        field: delivery.field,
        unit: delivery.unit,
        offsetMs: delivery.offset,
        delaysMs: spreadOf(delivery.delays),
      },
    }),
    ...(messagesPerSecond !== undefined && { messagesPerSecond }),
    ...spread('recoveryMs', time.recovery),
    held,
    http1Slots,
    ...(reconnectsPerHour !== undefined && { reconnectsPerHour }),
    ...(idleShare !== undefined && { idleShare }),
    openMs: openTime,
  };
}

function reportBackChannel({ within, connections, rows, ...counts }: BackChannel) {
  const evidence = [...rows.map((row) => `m${row}`), ...connections.map((id) => `k${id}`)];
  return { ...counts, withinMs: within, evidence };
}

function spread<Name extends keyof MeasuresReport>(
  name: Name,
  values: Distribution | undefined,
): Partial<Record<Name, SpreadReport>> {
  return values === undefined ? {} : ({ [name]: spreadOf(values) } as Record<Name, SpreadReport>);
}

const spreadOf = ({ count, min, p50, p95, p99, max, mean }: Distribution): SpreadReport => ({
  count,
  min,
  p50,
  p95,
  p99,
  max,
  mean,
});
