import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeEvent } from '../event-stream.ts';
import { urlOf } from '../lab-request.ts';
import { sleep } from '../sleep.ts';
import {
  payloadOf,
  playedOver,
  readRecording,
  type Recording,
  recordingNames,
  replayedIn,
} from './recording.ts';

const PAUSE = 40;
const PIECES = 4;

/** `/replay` lists what can be played, `/replay/NAME` tells the recording, `/replay/NAME/…` plays its event stream, or one answer. */
export async function serveReplay(
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = urlOf(message);
  if (pathname === '/replay') {
    answerJson(response, 200, playable());
    return;
  }
  const asked = replayedIn(pathname);
  const recording = asked === undefined ? undefined : readRecording(asked.name);
  if (asked === undefined || recording === undefined) {
    answerJson(response, 404, { problem: 'There is no such recording.' });
  } else if (asked.path === '') {
    answerJson(response, 200, recording);
  } else {
    message.resume();
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    if (playedOver(recording) === 'requests') {
      await answerStep(recording, stepOf(message), response, gone.signal);
    } else {
      await playEvents(recording, response, gone.signal);
    }
  }
}

async function playEvents(
  { messages }: Recording,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  for (const { direction, text, eventType, lastEventId } of messages) {
    if (direction === 'sent') continue;
    await sleep(PAUSE, gone);
    if (gone.aborted) return;
    response.write(
      encodeEvent({
        data: text ?? '',
        ...(eventType !== undefined && eventType !== 'message' && { type: eventType }),
        ...(lastEventId !== undefined && { id: lastEventId }),
      }),
    );
  }
  response.end();
}

/** Which message of the recording a request wants as its answer; none where the page only said something. */
const stepOf = ({ headers }: IncomingMessage): number => Number(headers['replay-step'] ?? NaN);

/** A body that comes in pieces is what a page reads as a stream. */
async function answerStep(
  { carrier, messages }: Recording,
  step: number,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const answer = messages[step];
  if (answer === undefined) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': carrier.contentType ?? 'text/plain' });
  const body = Buffer.from(payloadOf(answer));
  const length = Math.max(1, Math.ceil(body.length / PIECES));
  for (let at = 0; at < body.length && !gone.aborted; at += length) {
    response.write(body.subarray(at, at + length));
    await sleep(PAUSE, gone);
  }
  response.end();
}

const playable = () =>
  recordingNames().flatMap((name) => {
    const recording = readRecording(name);
    return recording === undefined
      ? []
      : [{ name, over: playedOver(recording), source: recording.source }];
  });

function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
