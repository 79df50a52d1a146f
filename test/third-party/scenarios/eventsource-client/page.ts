import { createEventSource } from 'eventsource-client';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ http, note, until, tell }: Stage): Promise<void> {
  const source = createEventSource({
    url: `${http}/events`,
    headers: { 'x-page': 'yes' },
    onConnect: () => {
      note('connect', source.readyState, source.lastEventId);
    },
    onDisconnect: () => {
      note('disconnect', source.readyState);
    },
    onScheduleReconnect: ({ delay }) => {
      note('schedule', delay);
    },
    onComment: (comment) => {
      note('comment', comment);
    },
  });
  const reading = (async () => {
    for await (const message of source) {
      note('message', message);
      if (message.id === '6') break;
    }
    note('read to the sixth');
  })();
  await until('message', 3);
  await tell('drop');
  await until('connect', 2);
  await reading;
  note('state', source.readyState, source.lastEventId);
  source.close();
  note('closed', source.readyState);
}
