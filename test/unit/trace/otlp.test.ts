import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { writeOtlp } from '../../../src/trace/otlp/write.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { aSession } from '../../builders/session.ts';

/** A message type of OpenTelemetry's own definitions, as protobufjs makes them. */
interface Definition {
  fromObject: (value: object) => object;
  toObject: (message: object, options: object) => object;
}
type Definitions = Record<'trace' | 'metrics', { v1: Record<string, Definition> }>;

const { opentelemetry } = createRequire(import.meta.url)(
  '@opentelemetry/otlp-transformer/build/src/generated/root',
) as { opentelemetry: { proto: { collector: Definitions } } };
const { trace, metrics } = opentelemetry.proto.collector;

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  events?: { name: string; timeUnixNano: string }[];
  droppedEventsCount?: number;
  status?: { code: number };
}
interface TraceRequest {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
}
interface MetricRequest {
  resourceMetrics: {
    scopeMetrics: { metrics: { name: string; sum: { dataPoints: { asInt: string }[] } }[] }[];
  }[];
}

const linesOf = (text: Iterable<string>) =>
  [...text]
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TraceRequest | MetricRequest);

const spansIn = (lines: readonly object[]) =>
  lines.flatMap((line) =>
    'resourceSpans' in line
      ? (line as TraceRequest).resourceSpans.flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) => spans),
        )
      : [],
  );

/** Ids are hexadecimal in the protocol's JSON, and base64 in that of Protobuf. */
const toBase64 = (key: string, value: unknown): unknown =>
  /^(?:traceId|spanId|parentSpanId)$/u.test(key) && typeof value === 'string'
    ? Buffer.from(value, 'hex').toString('base64')
    : value;

describe('a session for OpenTelemetry', () => {
  const session = aBusySession().build();
  const lines = linesOf(writeOtlp(session, { toolVersion: '1' }));
  const spans = spansIn(lines);

  it('is what the protocol defines, field by field', () => {
    for (const line of lines) {
      const definition =
        'resourceSpans' in line
          ? trace.v1['ExportTraceServiceRequest']
          : metrics.v1['ExportMetricsServiceRequest'];
      const value = JSON.parse(JSON.stringify(line), toBase64) as object;
      const read = definition?.toObject(definition.fromObject(value), {
        longs: String,
        bytes: String,
      });
      // What the definitions do not know would be gone.
      expect(read).toEqual(value);
    }
  });

  it('has a span for each connection below that of the session, with ids of the right length', () => {
    const [root, ...others] = spans;
    expect(root?.name).toBe('session');
    expect(others).toHaveLength(session.connections.size);
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(ids.size).toBe(spans.length);
    for (const span of spans) {
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/u);
      expect(span.spanId).toMatch(/^(?!0{16})[0-9a-f]{16}$/u);
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
    }
    expect(new Set(others.map(({ parentSpanId }) => parentSpanId))).toEqual(
      new Set([root?.spanId]),
    );
  });

  it('has each message as an event, at its own nanosecond', () => {
    const events = spans.flatMap(({ events: own = [] }) => own);
    const times = events.filter(({ name }) => name === 'message').map((each) => each.timeUnixNano);
    expect(times).toHaveLength(session.messages.length);
    const first = BigInt(Math.round(session.messages.at(0) * 1e6));
    expect(times).toContain(`${BigInt(session.header.startedAt) * 1_000_000n + first}`);
  });

  it('counts all messages and bytes in its metrics', () => {
    const [told] = lines.filter((line): line is MetricRequest => 'resourceMetrics' in line);
    const all = (told?.resourceMetrics ?? []).flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap((scope) => scope.metrics),
    );
    const sumOf = (name: string) =>
      all
        .find((metric) => metric.name === name)
        ?.sum.dataPoints.reduce((sum, { asInt }) => sum + Number(asInt), 0);
    expect(sumOf('wirescope.messages')).toBe(session.messages.length);
    let bytes = 0;
    for (let row = 0; row < session.messages.length; row += 1)
      bytes += session.messages.byteLength(row);
    expect(sumOf('wirescope.payload.bytes')).toBe(bytes);
  });

  it('says what failed and what was dropped, and divides what is too long for one request', () => {
    const story = aSession().frame().websocket('wss://a.test/live').opens();
    for (let count = 0; count < 6000; count += 1) story.receives('x');
    story.drops(0, 7).ends({ endedBy: 'network', closeCode: 1006, wasClean: false });
    story.websocket('wss://a.test/live').opens().receives('y');
    const told = linesOf(writeOtlp(story.build(), { toolVersion: '1' }));
    expect(told.filter((line) => 'resourceSpans' in line)).toHaveLength(3);
    const [, failed, fine] = spansIn(told);
    expect(failed).toMatchObject({ droppedEventsCount: 7, status: { code: 2 } });
    expect(fine?.status).toBeUndefined();
  });
});
