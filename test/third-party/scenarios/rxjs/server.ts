import type { Scenario } from '../../scenario.ts';
import { serveEcho } from '../serve-echo.ts';

export const RXJS: Scenario = {
  title: 'rxjs webSocket',
  page: 'rxjs',
  serve: serveEcho,
  milestones: { open: 2, next: 6, multiplexed: 1, retry: 1, complete: 1, close: 2 },
  inSession: { websocket: 'websocket' },
};
