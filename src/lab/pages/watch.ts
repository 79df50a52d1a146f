import { scenarioById } from '../scenarios.ts';
import { byId, element } from './element.ts';
import { createLaneCard } from './lane-card.ts';
import { pageParameter } from './page-query.ts';

/** The page of most scenarios: one card for each connection. */
const id = pageParameter('scenario') ?? 'websocket-steady';
const scenario = scenarioById(id);

if (scenario === undefined || scenario.lanes.length === 0) {
  byId('about').textContent = `There is no scenario “${id}” to watch here.`;
} else {
  document.title = `${scenario.title} · Wirescope lab`;
  byId('title').textContent = scenario.title;
  byId('about').textContent = scenario.about;
  byId('look-for').append(element('b', '', 'Look for: '), scenario.lookFor);

  const cards = scenario.lanes.map((lane) => createLaneCard(lane, showState));
  byId('lanes').append(...cards.map((card) => card.root));
  byId('start').addEventListener('click', start);
  byId('stop').addEventListener('click', () => cards.forEach((card) => card.stop()));

  function start(): void {
    for (const card of cards) card.start();
  }

  function showState(): void {
    const root = document.documentElement;
    if (cards.every((card) => card.isDone())) root.dataset['state'] = 'done';
    else if (cards.every((card) => card.state() === 'stopped')) root.dataset['state'] = 'stopped';
    else root.dataset['state'] = 'running';
  }

  start();
}
