import type { IncomingMessage, ServerResponse } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { WireConnection, WireLog } from './wire-log.ts';

/** Reads a request and its answer beside the server that gives it, and takes nothing away from either. */
export function watchHttp(request: IncomingMessage, response: ServerResponse, log: WireLog): void {
  const isStream = request.headers.accept?.includes('text/event-stream') === true;
  const connection = log.begin(isStream ? 'event-stream' : 'exchange', request.url ?? '');
  if (isStream) watchBody(response, readEvents(request, connection));
  else watchExchange(request, response, connection);
  response.on('close', () => {
    connection.isOver = true;
  });
}

function readEvents(
  request: IncomingMessage,
  { messages }: WireConnection,
): (text: string) => void {
  // A last event ID holds until the next one comes, and over a reconnect.
  let lastEventId = String(request.headers['last-event-id'] ?? '');
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      lastEventId = id ?? lastEventId;
      messages.push({
        direction: 'received',
        payload: data,
        eventType: event ?? 'message',
        lastEventId,
      });
    },
  });
  return (text) => {
    parser.feed(text);
  };
}

function watchExchange(
  request: IncomingMessage,
  response: ServerResponse,
  { messages }: WireConnection,
): void {
  let question = '';
  let answer = '';
  const emit = request.emit.bind(request) as (name: string, ...more: unknown[]) => boolean;
  request.emit = (name: string, ...more: unknown[]) => {
    if (name === 'data') question += String(more[0]);
    return emit(name, ...more);
  };
  watchBody(response, (text) => {
    answer += text;
  });
  response.on('close', () => {
    if (question !== '') messages.push({ direction: 'sent', payload: question });
    if (answer !== '') messages.push({ direction: 'received', payload: answer });
  });
}

/** Every piece of a body passes through `write` or `end`. */
function watchBody(response: ServerResponse, hear: (text: string) => void): void {
  const decoder = new TextDecoder();
  for (const name of ['write', 'end'] as const) {
    const native = response[name].bind(response) as (...all: unknown[]) => never;
    response[name] = (...all: unknown[]) => {
      const [chunk] = all;
      if (typeof chunk === 'string') hear(chunk);
      else if (chunk instanceof Uint8Array) hear(decoder.decode(chunk, { stream: true }));
      return native(...all);
    };
  }
}
