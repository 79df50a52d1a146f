import type { Session } from '../../core/session.ts';
import type { ExportContext } from '../export-context.ts';
import { inPieces } from '../pieces.ts';
import { metricsOf } from './metrics.ts';
import { attributesOf, type OtlpSpan } from './otlp-json.ts';
import { spansOf } from './spans.ts';

/** A collector takes messages of 4 MiB; an event takes some 400 bytes. */
const MOST_EVENTS = 5_000;

/**
 * OpenTelemetry's protocol in JSON, one request a line, as the Collector's file exporter writes and its `otlpjsonfile`
 * receiver reads: first traces, then metrics.
 * https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
 */
export function writeOtlp(session: Session, context: ExportContext): Generator<string, void> {
  return inPieces(requests(session, context));
}

function* requests(session: Session, { toolVersion }: ExportContext): Generator<string, void> {
  const resource = { attributes: resourceAttributes(session) };
  const scope = { name: 'wirescope', version: toolVersion };
  for (const spans of inRequests(spansOf(session))) {
    yield line({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] });
  }
  const metrics = metricsOf(session).filter(({ sum }) => sum.dataPoints.length > 0);
  if (metrics.length === 0) return;
  yield line({ resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] });
}

const line = (request: object): string => `${JSON.stringify(request)}\n`;

/** The page is the service, as it is for what its own telemetry tells. */
function resourceAttributes({ header: { url, browser } }: Session) {
  const [, name, version] = /^(.*) (\S+)$/u.exec(browser ?? '') ?? [];
  return attributesOf({
    'service.name': URL.canParse(url) ? new URL(url).hostname || 'page' : 'page',
    'telemetry.sdk.name': 'wirescope',
    'wirescope.browser.name': name,
    'wirescope.browser.version': version,
  });
}

/** Spans that share a request; one with very many events has its own. */
function* inRequests(spans: Iterable<OtlpSpan>): Generator<OtlpSpan[], void> {
  let batch: OtlpSpan[] = [];
  let events = 0;
  for (const span of spans) {
    const length = span.events?.length ?? 0;
    if (batch.length > 0 && events + length > MOST_EVENTS) {
      yield batch;
      batch = [];
      events = 0;
    }
    batch.push(span);
    events += length;
  }
  if (batch.length > 0) yield batch;
}
