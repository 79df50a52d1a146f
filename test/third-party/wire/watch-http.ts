import type { IncomingMessage, ServerResponse } from 'node:http';
import { createParser } from 'eventsource-parser';
import { wallTime, type WireConnection, type WireKind, type WireLog } from './wire-log.ts';

/** Reads a request and its answer beside the server that gives it, and takes nothing away from either. */
export function watchHttp(request: IncomingMessage, response: ServerResponse, log: WireLog): void {
  const kind = kindOf(request);
  const isStream = kind === 'event-stream';
  const connection = log.begin(kind, request);
  const { messages } = connection;
  let question = '';
  let answer = '';

  watchRequest(request, (text) => {
    question += text;
  });
  request.on('end', () => {
    if (question !== '') messages.push({ direction: 'sent', payload: question });
  });
  const hear = isStream
    ? readEvents(request, connection)
    : (text: string) => {
        answer += text;
      };
  watchResponse(response, hear);
  response.on('close', () => {
    if (answer !== '') messages.push({ direction: 'received', payload: answer });
    connection.isAnswered = response.headersSent;
    connection.isOver = true;
    connection.endedAt = wallTime();
  });
}

/** What a plain request asks for. */
export function kindOf({ headers }: IncomingMessage): WireKind {
  return headers.accept?.includes('text/event-stream') === true ? 'event-stream' : 'exchange';
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
        at: wallTime(),
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

/** Whoever reads the body makes its events; to listen for them would set it flowing too early. */
function watchRequest(request: IncomingMessage, hear: (text: string) => void): void {
  const read = createTextReader(hear);
  const emit = request.emit.bind(request) as (name: string, ...more: unknown[]) => boolean;
  request.emit = (name: string, ...more: unknown[]) => {
    if (name === 'data') read(more[0]);
    return emit(name, ...more);
  };
}

/** Every piece of a body passes through `write` or `end`. */
function watchResponse(response: ServerResponse, hear: (text: string) => void): void {
  const read = createTextReader(hear);
  for (const name of ['write', 'end'] as const) {
    const native = response[name].bind(response) as (...all: unknown[]) => never;
    response[name] = (...all: unknown[]) => {
      read(all[0]);
      return native(...all);
    };
  }
}

/** A piece of a body can end within a character. */
function createTextReader(hear: (text: string) => void): (chunk: unknown) => void {
  const decoder = new TextDecoder();
  return (chunk) => {
    if (typeof chunk === 'string') hear(chunk);
    else if (chunk instanceof Uint8Array) hear(decoder.decode(chunk, { stream: true }));
  };
}
