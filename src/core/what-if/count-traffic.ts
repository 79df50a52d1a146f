import type { Traffic } from '../wire-cost/traffic.ts';

/** What of the traffic matters to a choice. */
export interface TrafficCounts {
  /** Messages of the page, heartbeats apart. */
  readonly sent: number;
  readonly received: number;
  readonly heartbeats: number;
  readonly binarySent: number;
  readonly binaryReceived: number;
  /** Received events with a type or an ID of their own. */
  readonly typed: number;
  readonly withId: number;
}

export function countTraffic(traffic: Traffic): TrafficCounts {
  const counts = {
    sent: 0,
    received: 0,
    heartbeats: 0,
    binarySent: 0,
    binaryReceived: 0,
    typed: 0,
    withId: 0,
  };
  for (const { count, direction, rowClass, isBinary, eventType, id } of traffic.all()) {
    if (rowClass === 'heartbeat') {
      counts.heartbeats += count;
      continue;
    }
    counts[direction] += count;
    if (isBinary) counts[direction === 'sent' ? 'binarySent' : 'binaryReceived'] += count;
    if (eventType !== undefined && eventType !== 'message') counts.typed += count;
    if (id !== undefined) counts.withId += count;
  }
  return counts;
}
