import { EventSource } from 'eventsource';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ http, note, until, tell }: Stage): Promise<void> {
  const source = new EventSource(`${http}/events`);
  const { CONNECTING, CLOSED } = EventSource;
  source.addEventListener('open', () => {
    note('open', source.readyState, source.url, source.withCredentials);
  });
  for (const type of ['message', 'update']) {
    source.addEventListener(type, ({ data, lastEventId, origin }) => {
      note('message', type, data, lastEventId, origin);
    });
  }
  source.addEventListener('error', ({ code, message }) => {
    const { readyState } = source;
    note(readyState === CONNECTING ? 'lost' : 'failed', { code, message, readyState });
  });
  await until('message', 3);
  await tell('drop');
  await until('open', 2);
  await until('message', 6);
  await tell('finish');
  await tell('drop');
  await until('failed');
  note('closed', source.readyState === CLOSED);
}
