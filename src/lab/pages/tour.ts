import { byId } from './element.ts';
import { createChat } from './tour-chat.ts';
import { createMarket } from './tour-market.ts';
import { createNews } from './tour-news.ts';

/** A small trading desk that shows in eight seconds what the panel is for. */
const states = new Map<string, string>();
const parts = [
  createMarket((state) => showState('market', state)),
  createChat((state) => showState('chat', state)),
  createNews((state) => showState('news', state)),
];

function showState(id: string, state: string): void {
  states.set(id, state);
  const card = byId(id);
  card.dataset['state'] = state;
  const pill = card.querySelector('.pill');
  if (pill !== null) pill.textContent = state;
  const all = [...states.values()];
  const isOver = all.every((one) => one === 'closed');
  const root = document.documentElement;
  if (isOver) root.dataset['state'] = 'stopped';
  else if (all.every((one) => one === 'open')) root.dataset['state'] = 'running';
}

byId('start').addEventListener('click', () => {
  if (document.documentElement.dataset['state'] !== 'stopped') return;
  for (const part of parts) part.start();
});
byId('stop').addEventListener('click', () => {
  for (const part of parts) part.stop();
});
for (const part of parts) part.start();
