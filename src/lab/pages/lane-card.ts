import type { ScenarioLane } from '../scenarios.ts';
import { element } from './element.ts';
import { createEventSourceClient } from './eventsource-client.ts';
import type { LaneClient, LaneReporter, LaneState } from './lane-client.ts';
import { endpointUrl } from './page-query.ts';
import { createPollClient } from './poll-client.ts';
import { createSequenceCheck } from './sequence-check.ts';
import { createStreamClient } from './stream-client.ts';
import { TRANSPORT_NAMES } from './transport-names.ts';
import { createWebSocketClient } from './websocket-client.ts';

/** A connection with its face: state, counts, the last message, its turns of life. */
export interface LaneCard {
  readonly root: HTMLElement;
  /** Over for good, or every message of a counted feed is here. */
  isDone: () => boolean;
  state: () => LaneState;
  start: () => void;
  stop: () => void;
}

const MAX_NOTES = 5;
/** Redraw no more often than this, in milliseconds: a burst must not be slowed by its own display. */
const REDRAW = 50;

export function createLaneCard(lane: ScenarioLane, changed: () => void): LaneCard {
  const url = endpointUrl(lane.endpoint);
  const count = url.searchParams.get('count');
  const sequence = createSequenceCheck();
  let current: LaneState = 'idle';
  let received = 0;
  let sent = 0;
  let lastMessage = '';
  let redrawTimer: number | undefined;
  const startedAt = performance.now();

  const pill = element('span', 'pill', 'idle');
  const button = element('button', '', 'Start');
  const numbers = element('dl', 'numbers');
  const last = element('pre', 'last');
  const notes = element('ol', 'notes');
  const root = element('article', 'lane', [
    element('header', '', [element('h2', '', TRANSPORT_NAMES[lane.transport]), pill, button]),
    element('code', 'endpoint', lane.endpoint),
    numbers,
    last,
    notes,
  ]);
  Object.assign(root.dataset, { transport: lane.transport, state: current });

  const reporter: LaneReporter = {
    state: (state) => {
      current = state;
      root.dataset['state'] = state;
      pill.textContent = state;
      button.textContent = isRunning() ? 'Stop' : 'Start';
      changed();
    },
    received: (text) => {
      received++;
      lastMessage = text;
      sequence.take(text);
      redrawSoon();
    },
    sent: () => {
      sent++;
      redrawSoon();
    },
    note: (words) => {
      const at = ((performance.now() - startedAt) / 1000).toFixed(1);
      notes.prepend(element('li', '', `${at} s  ${words}`));
      notes.children[MAX_NOTES]?.remove();
    },
  };
  const client = clientFor(lane, url, reporter);
  const isRunning = (): boolean =>
    current === 'connecting' || current === 'open' || current === 'waiting';

  function redrawSoon(): void {
    redrawTimer ??= window.setTimeout(() => {
      redrawTimer = undefined;
      redraw();
      changed();
    }, REDRAW);
  }

  function redraw(): void {
    const { lastSeq, lost, repeated } = sequence.result();
    Object.assign(root.dataset, { received, sent, lost, repeated, lastSeq });
    const shown = { received, sent, 'last seq': lastSeq, lost, repeated };
    numbers.replaceChildren(
      ...Object.entries(shown).flatMap(([name, value]) => [
        element('dt', '', name),
        element('dd', '', value.toLocaleString('en')),
      ]),
    );
    last.textContent = lastMessage.length > 160 ? `${lastMessage.slice(0, 160)}…` : lastMessage;
  }

  const card: LaneCard = {
    root,
    isDone: () =>
      current === 'closed' || (count !== null && sequence.result().lastSeq >= Number(count)),
    state: () => current,
    start: () => {
      if (!isRunning()) client.start();
    },
    stop: () => {
      if (!isRunning()) return;
      client.stop();
      reporter.note('stopped here');
      reporter.state('stopped');
    },
  };
  button.addEventListener('click', () => (isRunning() ? card.stop() : card.start()));
  redraw();
  return card;
}

function clientFor(lane: ScenarioLane, url: URL, reporter: LaneReporter): LaneClient {
  switch (lane.transport) {
    case 'websocket':
      return createWebSocketClient(lane, url, reporter);
    case 'eventsource':
      return createEventSourceClient(url, reporter);
    case 'fetch-stream':
      return createStreamClient(url, reporter);
    case 'long-polling':
    case 'polling':
      return createPollClient(lane, url, reporter);
  }
}
