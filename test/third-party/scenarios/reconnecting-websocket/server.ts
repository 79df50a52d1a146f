import type { Scenario } from '../../scenario.ts';
import { serveEcho } from '../serve-echo.ts';

export const RECONNECTING_WEBSOCKET: Scenario = {
  title: 'reconnecting-websocket',
  page: 'reconnecting-websocket',
  serve: serveEcho,
  // Opened, again after the drop and a refused try, and again after the server's own close.
  milestones: { open: 3, message: 5, error: 1, close: 4, 'at last': 1 },
  inSession: { websocket: 'websocket' },
};
