import { byId, element } from './element.ts';
import { endpointUrl, webSocketUrl } from './page-query.ts';
import type { TourPart } from './tour-part.ts';

const LINES = [
  'Morning! Is the feed up?',
  'ACME looks calm today.',
  'News stopped for a second, did you see?',
  'Came back by itself, nothing lost.',
  'That is Last-Event-ID at work.',
  'BOLT up again ↗',
  'Selling ten at the close.',
  'Lunch at the harbour?',
];
/** Time between two lines, in milliseconds. */
const PAUSE = 1100;
const MAX_LINES = 8;

/** A chat with an echo: each line is sent, and comes back as it was. */
export function createChat(setState: (state: string) => void): TourPart {
  let socket: WebSocket | null = null;
  let timer: number | undefined;
  let next = 0;

  function show(text: string, className: string): void {
    const list = byId('lines');
    list.append(element('li', className, text));
    if (list.children.length > MAX_LINES) list.firstElementChild?.remove();
  }

  function say(current: WebSocket): void {
    const text = LINES[next++ % LINES.length] ?? '';
    current.send(JSON.stringify({ type: 'chat', from: 'you', text }));
    show(text, 'sent');
  }

  return {
    start: () => {
      const current = new WebSocket(webSocketUrl(endpointUrl('/ws/echo?name=chat')), ['chat.v1']);
      socket = current;
      setState('connecting');
      current.addEventListener('open', () => {
        setState('open');
        say(current);
        timer = window.setInterval(() => say(current), PAUSE);
      });
      current.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const { text } = JSON.parse(data) as { text: string };
        show(`echo: ${text}`, 'received');
      });
      current.addEventListener('close', () => {
        window.clearInterval(timer);
        setState('closed');
      });
    },
    stop: () => {
      window.clearInterval(timer);
      socket?.close(1000, 'stopped');
    },
  };
}
