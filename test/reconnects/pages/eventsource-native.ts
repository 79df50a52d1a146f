import type { Stage } from '../../third-party/stage/stage.ts';

/** The browser's own; everything else is the server's to say. */
export default async function play({ http, tell }: Stage): Promise<void> {
  const source = new EventSource(`${http}/events`);
  source.onmessage = () => undefined;
  await tell('play');
  source.close();
}
