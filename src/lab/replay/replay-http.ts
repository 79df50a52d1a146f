import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeEvent } from '../event-stream.ts';
import { urlOf } from '../lab-request.ts';
import { sleep } from '../sleep.ts';
import { playedOver, readRecording, recordingNames, replayedIn } from './recording.ts';

const PAUSE = 40;

/** `/replay` lists what can be played, `/replay/NAME` tells the recording, `/replay/NAME/…` plays its event stream. */
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
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    for (const { direction, text, eventType, lastEventId } of recording.messages) {
      if (direction === 'sent') continue;
      await sleep(PAUSE, gone.signal);
      if (gone.signal.aborted) return;
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
}

const playable = () =>
  recordingNames().flatMap((name) => {
    const recording = readRecording(name);
    const over = recording === undefined ? undefined : playedOver(recording);
    return recording === undefined || over === undefined
      ? []
      : [{ name, over, source: recording.source }];
  });

function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
