import type { PlayedOver, RecordedMessage, Recording } from '../replay/recording.ts';
import { byId, element } from './element.ts';
import { pageParameter } from './page-query.ts';

/** The page's part of recorded conversations. */
interface Playable {
  name: string;
  over: PlayedOver;
  source: string;
}

const PAUSE = 60;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE));

function payloadOf({ text, base64 }: RecordedMessage): string | Uint8Array<ArrayBuffer> {
  return text ?? Uint8Array.from(atob(base64 ?? ''), (unit) => unit.charCodeAt(0));
}

async function readToEnd({ body }: Response): Promise<void> {
  const reader = body?.getReader();
  while (reader !== undefined && !(await reader.read()).done);
}

function say(words: string): void {
  byId('state').textContent = words;
}

function playWebSocket(url: URL, { carrier, messages }: Recording): Promise<void> {
  url.protocol = 'ws:';
  const socket = new WebSocket(url, carrier.subprotocol ?? []);
  socket.binaryType = 'arraybuffer';
  let heard = 0;
  let wake: (() => void) | undefined;
  socket.onmessage = () => {
    heard += 1;
    wake?.();
  };
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error('the WebSocket failed'));
    socket.onopen = () => void talk().then(resolve, reject);
  });

  async function talk(): Promise<void> {
    let expected = 0;
    for (const message of messages) {
      if (message.direction === 'received') expected += 1;
      while (heard < expected) await new Promise<void>((resolve) => (wake = resolve));
      if (message.direction === 'received') continue;
      await pause();
      socket.send(payloadOf(message));
    }
  }
}

async function playFetch(url: URL, { messages }: Recording): Promise<void> {
  const sent = messages.find(({ direction }) => direction === 'sent');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: sent === undefined ? '' : payloadOf(sent),
  });
  await readToEnd(response);
}

function playEventSource(url: URL, { messages }: Recording): Promise<void> {
  const source = new EventSource(url);
  const types = new Set(messages.map(({ eventType }) => eventType ?? 'message'));
  let heard = 0;
  return new Promise((resolve) => {
    for (const type of types) {
      source.addEventListener(type, () => {
        heard += 1;
        if (heard < messages.length) return;
        source.close();
        resolve();
      });
    }
  });
}

/** One request after the other: each says what the page said, and is answered with what came next. */
async function playRequests(url: URL, { carrier, messages }: Recording): Promise<void> {
  // SockJS polls with POST, and speaks at an address beside.
  const isSockJs = /\/xhr(_streaming)?$/u.test(url.pathname);
  const speaking = new URL(url.href.replace(/xhr(_streaming)?$/u, 'xhr_send'));
  const polling = new URL(url.href.replace(/xhr_streaming$/u, 'xhr'));
  const { requestContentType: type = 'text/plain' } = carrier;
  for (let at = 0; at < messages.length; at += 1) {
    const message = messages[at];
    if (message === undefined) break;
    const isSent = message.direction === 'sent';
    const isAnswered = isSent && !isSockJs && messages[at + 1]?.direction === 'received';
    if (isAnswered) at += 1;
    const step = isSent && !isAnswered ? {} : { 'Replay-Step': String(at) };
    const response = await fetch(isSent ? speaking : polling, {
      method: isSent || isSockJs ? 'POST' : 'GET',
      headers: { ...step, ...(isSent && { 'Content-Type': type }) },
      body: isSent ? payloadOf(message) : null,
    });
    await readToEnd(response);
    await pause();
  }
}

async function play({ name, over }: Playable): Promise<void> {
  document.documentElement.dataset['state'] = 'running';
  say(`Playing ${name} …`);
  const recording = (await (await fetch(`/replay/${name}`)).json()) as Recording;
  const recorded = new URL(recording.carrier.url);
  const url = new URL(`/replay/${name}${recorded.pathname}${recorded.search}`, location.href);
  const players = {
    websocket: playWebSocket,
    eventsource: playEventSource,
    fetch: playFetch,
    requests: playRequests,
  };
  await players[over](url, recording);
  say(`${name}: played to its end.`);
  document.documentElement.dataset['state'] = 'done';
}

async function start(): Promise<void> {
  const all = (await (await fetch('/replay')).json()) as Playable[];
  byId('recordings').append(
    ...all.map((recording) => {
      const button = element('button', '', recording.name);
      button.addEventListener('click', () => void play(recording));
      const cells = [element('td', '', [button]), element('td', '', recording.over)];
      return element('tr', '', [...cells, element('td', 'quiet', recording.source)]);
    }),
  );
  const wanted = all.find(({ name }) => name === pageParameter('name'));
  if (wanted === undefined) document.documentElement.dataset['state'] = 'done';
  else await play(wanted);
}

void start();
