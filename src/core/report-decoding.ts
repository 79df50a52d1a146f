import type { ProtocolId } from './decoded/decoded.ts';
import type { Direction } from './facts.ts';
import type { Kind } from './kinds/kind-book.ts';
import { latenciesOf, percentile } from './pairs/latencies.ts';
import type { Pair, Subscription } from './pairs/pair-book.ts';
import type { Bytes, Milliseconds } from './units.ts';

/** What was decoded of one channel; whoever makes a report brings it along. */
export interface DecodedChannel {
  /** Absent where nothing was recognised. */
  readonly protocol: ProtocolReport | undefined;
  readonly kinds: readonly Kind[];
  readonly pairs: readonly Pair[];
  readonly subscriptions: readonly Subscription[];
  /** Messages that could not be decoded, or not to their end. */
  readonly failures: number;
}

export interface ProtocolReport {
  /** What the messages are at their most telling: the innermost decoder of the stack. */
  id: ProtocolId;
  /** Outermost first. */
  layers: ProtocolId[];
  /** 0 to 1. */
  confidence: number;
  evidence: string[];
  /** Messages that could not be decoded to their end. */
  failures: number;
}

export interface KindReport {
  name: string;
  direction: Direction;
  messages: number;
  bytes: Bytes;
  firstAt: Milliseconds;
  lastAt: Milliseconds;
  heartbeat?: true;
  control?: true;
}

export interface PairReport {
  count: number;
  failed: number;
  unanswered: number;
  /** Nearest rank; absent where nothing was answered. */
  latencyMs?: { p50: Milliseconds; p95: Milliseconds; max: Milliseconds };
  subscriptions: number;
}

export interface DecodingReport {
  protocol?: ProtocolReport;
  kinds: KindReport[];
  pairs?: PairReport;
}

export function reportDecoding(decoded: DecodedChannel): DecodingReport {
  const { protocol, kinds, failures } = decoded;
  const pairs = reportPairs(decoded);
  return {
    ...(protocol !== undefined && { protocol: { ...protocol, failures } }),
    kinds: kinds.map(reportKind).sort((a, b) => b.messages - a.messages),
    ...(pairs !== undefined && { pairs }),
  };
}

function reportKind(kind: Kind): KindReport {
  const { name, direction, messages, bytes, firstAt, lastAt, isHeartbeat, isControl } = kind;
  return {
    name,
    direction,
    messages,
    bytes: Math.round(bytes),
    firstAt,
    lastAt,
    ...(isHeartbeat && { heartbeat: true as const }),
    ...(isControl && { control: true as const }),
  };
}

function reportPairs({ pairs, subscriptions }: DecodedChannel): PairReport | undefined {
  if (pairs.length + subscriptions.length === 0) return undefined;
  const latencies = latenciesOf(pairs);
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => percentile(latencies, share));
  const of = (outcome: Pair['outcome']) => pairs.filter((pair) => pair.outcome === outcome).length;
  return {
    count: pairs.length,
    failed: of('failed'),
    unanswered: of('open'),
    ...(p50 !== undefined &&
      p95 !== undefined &&
      max !== undefined && { latencyMs: { p50, p95, max } }),
    subscriptions: subscriptions.length,
  };
}
