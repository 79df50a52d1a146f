import type { Scenario } from '../../scenario.ts';
import { serveEcho } from '../serve-echo.ts';

export const ROBUST_WEBSOCKET: Scenario = {
  title: 'robust-websocket',
  page: 'robust-websocket',
  serve: serveEcho,
  milestones: { open: 2, message: 3, asked: 2, close: 3 },
  inSession: { websocket: 'websocket' },
};
