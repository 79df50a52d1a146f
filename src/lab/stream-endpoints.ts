import type { ServerResponse } from 'node:http';
import { encodeComment, encodeEvent, encodeRetry } from './event-stream.ts';
import { runFeed } from './feed-run.ts';
import { createHttpStream, type HttpStream } from './http-stream.ts';
import type { ConnectionRecord } from './lab-log.ts';
import { type LabContext, type LabRequest, lastEventIdOf } from './lab-request.ts';
import { sseSequence } from './sse-sequence.ts';

/** Responses that stay open: EventSource and streamed fetch. */
export async function serveStream(
  context: LabContext,
  request: LabRequest,
  response: ServerResponse,
  record: ConnectionRecord,
): Promise<void> {
  const { endpoint, faults } = request;
  const isEventStream = endpoint !== '/stream/feed' || faults.format === 'event-stream';
  response.writeHead(200, {
    'Content-Type': isEventStream ? 'text/event-stream; charset=utf-8' : 'application/x-ndjson',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  record.opened(200);
  const stream = createHttpStream(response, record, faults);
  if (isEventStream) {
    if (faults.retry !== null) stream.aside(encodeRetry(faults.retry));
    keepAlive(request, stream);
  }
  if (endpoint === '/sse/sequence') {
    await sendSequence(request, stream);
    return;
  }
  await sendFeed(context, request, stream, isEventStream);
  // An EventSource would only come back; a page that reads a body wants to see it end.
  if (endpoint === '/stream/feed') stream.end();
}

async function sendFeed(
  { stories }: LabContext,
  { endpoint, faults, message }: LabRequest,
  stream: HttpStream,
  isEventStream: boolean,
): Promise<void> {
  let lastEventId = lastEventIdOf(message) ?? '';
  const seen = faults.after ?? (/^\d{1,9}$/u.test(lastEventId) ? Number(lastEventId) : null);
  const entry = stories.enter(endpoint, faults, seen);
  const { events, ids } = faults;
  await runFeed(
    faults,
    entry,
    (payload, seq) => {
      if (!isEventStream) {
        return stream.send({ payload, eventType: null, lastEventId: null }, `${payload}\n`);
      }
      const type = events[(seq - 1) % events.length];
      if (ids) lastEventId = String(seq);
      return stream.send(
        { payload, eventType: type ?? 'message', lastEventId },
        encodeEvent({
          data: payload,
          ...(type !== undefined && { type }),
          ...(ids && { id: lastEventId }),
        }),
      );
    },
    stream.signal,
  );
}

async function sendSequence({ faults, message }: LabRequest, stream: HttpStream): Promise<void> {
  let lastEventId = lastEventIdOf(message) ?? '';
  for (const event of sseSequence(faults.unheard)) {
    lastEventId = event.id ?? lastEventId;
    const { data: payload, type: eventType = 'message' } = event;
    await stream.send({ payload, eventType, lastEventId }, encodeEvent(event));
  }
}

function keepAlive({ faults }: LabRequest, stream: HttpStream): void {
  if (faults.comments === null) return;
  const timer = setInterval(() => stream.aside(encodeComment('keep-alive')), faults.comments);
  const stop = (): void => clearInterval(timer);
  stream.signal.addEventListener('abort', stop);
  if (stream.signal.aborted) stop();
}
