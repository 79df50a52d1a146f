import type { Session } from '../../core/session.ts';
import type { Bytes } from '../../core/units.ts';
import type { WireCost } from '../../core/wire-cost/wire-cost.ts';
import { wireCosts } from '../../core/wire-cost/wire-costs.ts';
import type { LaneResult } from '../workload/run-result.ts';
import { connectionsOf } from './recorded-run.ts';

/** What a lane's traffic costs by the recording alone, beside what was counted at its sockets. */
export interface ComputedCost {
  readonly computed: CostParts;
  readonly counted: CostParts;
  /** Of HTTP/2 itself, which is counted and which nobody computes. */
  readonly control: Bytes;
  /** HTTP versions that the computation took. */
  readonly http: string;
}

export interface CostParts {
  /** All that is neither header nor message: frames, chunks, and what an event stream writes around its data. */
  readonly framing: Bytes;
  readonly headers: Bytes;
  /** Messages as this transport carries them. */
  readonly payload: Bytes;
  readonly requests: number;
}

/** @returns undefined where the recording has no channel of this lane */
export function computedCost(session: Session, lane: LaneResult): ComputedCost | undefined {
  const ids = new Set(connectionsOf(session, lane).map(({ channel }) => channel));
  const costs = session.channels
    .filter(({ id }) => ids.has(id))
    .flatMap((channel) => wireCosts(session, channel).slice(0, 1));
  if (costs.length === 0) return undefined;
  const sum = (of: (cost: (typeof costs)[number]) => number): number =>
    costs.reduce((total, cost) => total + of(cost), 0);
  const payload = sum((cost) => cost.payload.value);
  const { sent, received } = lane.wire;
  const content = payloadOnWire(lane, costs);
  return {
    computed: {
      framing: sum((cost) => cost.framing.value),
      headers: sum((cost) => cost.headers.value),
      payload,
      requests: sum((cost) => cost.requests),
    },
    counted: {
      framing: sent.framing + received.framing + sent.body + received.body - content,
      headers: sent.headers + received.headers,
      payload: content,
      requests: lane.requests,
    },
    control: sent.control + received.control,
    http: [...new Set(costs.map(({ http }) => http))].join(' + '),
  };
}

/**
 * What of the content is message and not what stands around it: of a poll all, and so of the requests that carry what
 * the page says beside a stream; of a stream the recording tells it.
 */
function payloadOnWire({ transport, wire }: LaneResult, costs: readonly WireCost[]): Bytes {
  const { sent, received } = wire;
  switch (transport) {
    case 'polling':
    case 'long-polling':
      return sent.body + received.body;
    case 'websocket':
    case 'eventsource':
    case 'fetch-stream': {
      const own = costs.filter(({ carrier }) => carrier === transport);
      const told = own.reduce((total, { payload }) => total + payload.value, 0);
      return transport === 'websocket' ? told : told + sent.body;
    }
  }
}

/** How far computed is from counted, of counted; null where nothing was counted. */
export function offBy(
  part: Exclude<keyof CostParts, 'payload'> | 'total',
  { computed, counted }: ComputedCost,
): number | null {
  const of = (parts: CostParts): number =>
    part === 'total' ? parts.framing + parts.headers + parts.payload : parts[part];
  const [told, real] = [of(computed), of(counted)];
  if (real === 0) return told === 0 ? 0 : null;
  return (told - real) / real;
}
