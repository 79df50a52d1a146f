import type { Stage } from '../../third-party/stage/stage.ts';
import { drawDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

/** The loop that apps write: a handler of `close` that calls `connect` again. */
export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy, mode, beatMs } = readSettings(variant);
  let attempt = 0;
  let isOver = false;
  let last: number | null = null;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  const onOpen = (opened: WebSocket) => {
    attempt = 0;
    if (mode === 'resume') opened.send(JSON.stringify({ resume: last }));
    // What had been subscribed one by one is subscribed again all at once.
    for (let topic = 1; mode === 'storm' && topic <= 40; topic += 1) {
      opened.send(JSON.stringify({ subscribe: `symbol-${topic}` }));
    }
    if (beatMs === undefined) return;
    timer = setInterval(() => {
      opened.send(mode === 'empty beats' ? '' : '{"type":"ping"}');
    }, beatMs);
  };
  const connect = () => {
    const opening = new WebSocket(`${ws}/app`);
    socket = opening;
    opening.onopen = () => {
      onOpen(opening);
    };
    opening.onmessage = ({ data }: MessageEvent<string>) => {
      if (data !== '') last = (JSON.parse(data) as { seq?: number }).seq ?? last;
    };
    opening.onclose = () => {
      clearInterval(timer);
      attempt += 1;
      const delay = drawDelay(policy, attempt);
      if (isOver || delay === undefined) return;
      if (policy.kind === 'immediate') connect();
      else setTimeout(connect, delay);
    };
  };
  connect();
  await tell('play');
  isOver = true;
  socket?.close(1000, 'enough');
}
