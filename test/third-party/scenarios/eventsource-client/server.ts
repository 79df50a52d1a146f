import type { Scenario } from '../../scenario.ts';
import { serveEvents } from '../serve-events.ts';

export const EVENTSOURCE_CLIENT: Scenario = {
  title: 'eventsource-client',
  page: 'eventsource-client',
  serve: serveEvents,
  milestones: { connect: 2, comment: 2, message: 6, 'read to the sixth': 1, closed: 1 },
  inSession: { 'event-stream': 'fetch-stream' },
};
