import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalOf } from './admission.ts';
import type { LabEndpoint } from './faults.ts';
import type { LabTransport } from './lab-log.ts';
import { type LabContext, readLabRequest } from './lab-request.ts';
import { servePoll } from './poll-endpoints.ts';
import { sleep } from './sleep.ts';
import { serveStream } from './stream-endpoints.ts';

/** How a page is meant to ask; null where it needs an upgrade to WebSocket. */
const TRANSPORT_OF: Readonly<Record<LabEndpoint, LabTransport | null>> = {
  '/ws/feed': null,
  '/ws/echo': null,
  '/ws/sink': null,
  '/sse/feed': 'eventsource',
  '/sse/sequence': 'eventsource',
  '/stream/feed': 'fetch-stream',
  '/long-poll/feed': 'long-polling',
  '/poll/feed': 'polling',
};

/** Answers a request for one of the endpoints that live in HTTP. */
export async function serveHttpEndpoint(
  context: LabContext,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const result = readLabRequest(message, (endpoint) => TRANSPORT_OF[endpoint] !== null);
  if (!result.ok) {
    response.writeHead(result.status, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${result.problems.join('\n')}\n`);
    return;
  }
  const { request } = result;
  const { endpoint, faults } = request;
  const record = context.recorder.begin({
    transport: TRANSPORT_OF[endpoint] ?? 'fetch-stream',
    target: message.url ?? '',
    name: faults.name,
    headers: message.headers,
  });
  const refusal = refusalOf(context.stories, endpoint, faults);
  if (faults.slow > 0) {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    await sleep(faults.slow, gone.signal);
    if (gone.signal.aborted) {
      record.closed('page');
      return;
    }
  }
  if (refusal !== null) {
    record.refused(refusal);
    response.writeHead(refusal, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(refusal === 204 || refusal === 304 ? undefined : 'refused, as asked for\n');
    return;
  }
  const serve =
    endpoint === '/poll/feed' || endpoint === '/long-poll/feed' ? servePoll : serveStream;
  await serve(context, request, response, record);
}
