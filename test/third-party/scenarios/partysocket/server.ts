import type { Scenario } from '../../scenario.ts';
import { serveEcho } from '../serve-echo.ts';

export const PARTYSOCKET: Scenario = {
  title: 'partysocket',
  page: 'partysocket',
  serve: serveEcho,
  milestones: { open: 4, message: 4, error: 1, close: 5, 'about to close': 1 },
  inSession: { websocket: 'websocket' },
};
