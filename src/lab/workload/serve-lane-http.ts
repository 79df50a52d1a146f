import { encodeEvent, encodeRetry } from '../event-stream.ts';
import { sleep } from '../sleep.ts';
import {
  answer,
  begin,
  bodyOf,
  endOf,
  type LaneRequest,
  type LaneResponse,
} from './lane-exchange.ts';
import type { LaneStory } from './lane-story.ts';
import { toBase64, toJsonText, type WorkloadMessage } from './payload.ts';

/** What the endpoints of one lane share. */
export interface LaneContext {
  readonly story: LaneStory;
  /** So many messages are about to be given to the network for the first time, or came from there. */
  readonly carried: (messages: number) => void;
  /** What crossed the wire until now was not the lane's own. */
  readonly forget: () => void;
}

/** How long a long poll is held without anything to tell. */
const HOLD = 20_000;
/** What an EventSource waits before it comes back, as a WebSocket's page does here. */
export const RECONNECT = 500;

/** The endpoints of a lane that live in HTTP. */
export async function serveLaneHttp(
  lane: LaneContext,
  request: LaneRequest,
  response: LaneResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://lab.invalid');
  const after = Number(request.headers['last-event-id'] ?? searchParams.get('after') ?? 0);
  switch (pathname) {
    case '/eventsource':
      serveEvents(lane, response, after);
      return;
    case '/fetch-stream':
      serveLines(lane, response, after);
      return;
    case '/long-polling':
      await serveHeldPoll(lane, response, after);
      return;
    case '/polling':
      serveList(lane, response, after);
      return;
    case '/up':
      await servePost(lane, request, response);
      return;
    case '/hello':
      // The connection that a WebSocket in HTTP/2 finds; the app whose it is pays for it anyway.
      answer(response, 204);
      response.on('close', lane.forget);
      return;
    default:
      answer(response, 404);
  }
}

function serveEvents(lane: LaneContext, response: LaneResponse, after: number): void {
  begin(response, 200, 'text/event-stream');
  response.write(encodeRetry(RECONNECT));
  stream(lane, response, after, ({ seq, payload }) =>
    typeof payload === 'string'
      ? encodeEvent({ id: String(seq), data: payload })
      : encodeEvent({ id: String(seq), type: 'binary', data: toBase64(payload) }),
  );
}

function serveLines(lane: LaneContext, response: LaneResponse, after: number): void {
  begin(response, 200, 'application/x-ndjson');
  response.flushHeaders?.();
  stream(lane, response, after, (message) => `${toJsonText(message)}\n`);
}

/** Tells all that the page has not seen, then whatever happens. */
function stream(
  { story, carried }: LaneContext,
  response: LaneResponse,
  after: number,
  write: (message: WorkloadMessage) => string,
): void {
  const tell = (message: WorkloadMessage): void => {
    carried(story.tell(message.seq));
    response.write(write(message));
  };
  const over = endOf(response);
  story.begin();
  for (const message of story.after(after)) tell(message);
  story.follow(tell, over);
}

/** Answers as soon as there is something to tell. */
async function serveHeldPoll(
  lane: LaneContext,
  response: LaneResponse,
  after: number,
): Promise<void> {
  const { story } = lane;
  story.begin();
  if (story.after(after).length === 0) {
    const wake = new AbortController();
    const gone = endOf(response);
    gone.addEventListener('abort', () => wake.abort());
    story.follow(() => wake.abort(), wake.signal);
    await sleep(HOLD, wake.signal);
    if (gone.aborted) return;
  }
  serveList(lane, response, after);
}

function serveList({ story, carried }: LaneContext, response: LaneResponse, after: number): void {
  story.begin();
  const messages = story.after(after);
  const list = messages.map(toJsonText).join(',');
  const last = after + messages.length;
  carried(story.tell(last));
  answer(response, 200, 'application/json', `{"last":${last},"messages":[${list}]}`);
}

/** A message of the page, where the transport has no way up of its own. */
async function servePost(
  { story, carried }: LaneContext,
  request: LaneRequest,
  response: LaneResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const isText = request.headers['content-type']?.startsWith('text/') === true;
  carried(story.take(isText ? body.toString() : body));
  answer(response, 204);
}
