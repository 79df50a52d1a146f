import type { Scenario } from '../../scenario.ts';
import { serveEvents } from '../serve-events.ts';

export const FETCH_EVENT_SOURCE: Scenario = {
  title: '@microsoft/fetch-event-source',
  page: 'fetch-event-source',
  serve: serveEvents,
  // The library makes a message of the comment before the events, too.
  milestones: { open: 2, message: 8, error: 1, settled: 1 },
  inSession: { 'event-stream': 'fetch-stream' },
};
