import type { Channel } from '../../core/channel.ts';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';
import { attributesOf, DELTA, type OtlpNumberPoint, toNano } from './otlp-json.ts';

/** A sum that only grows, in the parts of it that each stretch of time added. */
export interface OtlpSum {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly sum: {
    readonly dataPoints: readonly OtlpNumberPoint[];
    readonly aggregationTemporality: typeof DELTA;
    readonly isMonotonic: true;
  };
}

/** Collectors are used to points of this distance. */
const STRETCH: Milliseconds = 10_000;

/** Messages and bytes of each channel and direction, every ten seconds; of dropped ones nobody knows when they came. */
export function metricsOf(session: Session): OtlpSum[] {
  const messages: OtlpNumberPoint[] = [];
  const bytes: OtlpNumberPoint[] = [];
  for (const channel of session.channels) {
    for (const [key, count] of countsOf(session, channel)) {
      const [stretch = 0, isSent = 0] = key.split(' ').map(Number);
      const point = pointOf(session, channel, stretch, isSent === 1);
      messages.push({ ...point, asInt: `${count.messages}` });
      bytes.push({ ...point, asInt: `${count.bytes}` });
    }
  }
  const sumOf = (dataPoints: readonly OtlpNumberPoint[]): OtlpSum['sum'] => ({
    dataPoints,
    aggregationTemporality: DELTA,
    isMonotonic: true,
  });
  return [
    {
      name: 'wirescope.messages',
      description: 'Messages of real-time connections, by channel and direction.',
      unit: '{message}',
      sum: sumOf(messages),
    },
    {
      name: 'wirescope.payload.bytes',
      description: 'Bytes of their payloads, before compression.',
      unit: 'By',
      sum: sumOf(bytes),
    },
  ];
}

function countsOf(
  { messages }: Session,
  { rows }: Channel,
): Map<string, { messages: number; bytes: number }> {
  const counts = new Map<string, { messages: number; bytes: number }>();
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows.get(place);
    const key = `${Math.floor(messages.at(row) / STRETCH)} ${messages.isSent(row) ? 1 : 0}`;
    const count = counts.get(key) ?? { messages: 0, bytes: 0 };
    count.messages += 1;
    count.bytes += messages.byteLength(row);
    counts.set(key, count);
  }
  return counts;
}

function pointOf(
  { header: { startedAt } }: Session,
  { id, transport, endpoint }: Channel,
  stretch: number,
  isSent: boolean,
): Omit<OtlpNumberPoint, 'asInt'> {
  return {
    attributes: attributesOf({
      'network.io.direction': isSent ? 'transmit' : 'receive',
      'wirescope.channel': id,
      'wirescope.transport': transport,
      'wirescope.endpoint': endpoint,
    }),
    startTimeUnixNano: toNano(startedAt + stretch * STRETCH),
    timeUnixNano: toNano(startedAt + (stretch + 1) * STRETCH),
  };
}
