import type { Scenario } from '../../scenario.ts';
import { serveEvents } from '../serve-events.ts';

export const EVENTSOURCE: Scenario = {
  title: 'eventsource',
  page: 'eventsource',
  serve: serveEvents,
  milestones: { open: 2, message: 6, lost: 2, failed: 1, closed: 1 },
  inSession: { 'event-stream': 'fetch-stream' },
};
