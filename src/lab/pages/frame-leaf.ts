import { byId } from './element.ts';
import { createLaneCard } from './lane-card.ts';
import { pageParameter } from './page-query.ts';

/** One frame's own WebSocket and EventSource; tells the top frame how they are. */
const root = document.documentElement;
const frame = root.dataset['frame'] ?? pageParameter('frame') ?? 'frame';

const cards = [
  createLaneCard(
    { transport: 'websocket', endpoint: `/ws/feed?rate=2&name=${frame}-ws` },
    showState,
  ),
  createLaneCard(
    { transport: 'eventsource', endpoint: `/sse/feed?rate=2&name=${frame}-es` },
    showState,
  ),
];
byId('lanes').append(...cards.map((card) => card.root));
for (const card of cards) card.start();

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  for (const card of cards) {
    if (data === 'lab-start') card.start();
    if (data === 'lab-stop') card.stop();
  }
});

function showState(): void {
  const states = cards.map((card) => card.state());
  const state = states.every((one) => one === 'open')
    ? 'running'
    : states.every((one) => one === 'stopped')
      ? 'stopped'
      : 'starting';
  if (root.dataset['frameState'] === state) return;
  root.dataset['frameState'] = state;
  window.top?.postMessage({ lab: 'frame', frame, state }, '*');
}
