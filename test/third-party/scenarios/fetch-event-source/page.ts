import { fetchEventSource } from '@microsoft/fetch-event-source';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ http, note, until, tell }: Stage): Promise<void> {
  const abort = new AbortController();
  const running = fetchEventSource(`${http}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question: 'größer?' }),
    signal: abort.signal,
    openWhenHidden: true,
    onopen: (response) => {
      const { status, type, redirected, bodyUsed, headers, url } = response;
      note('open', { status, type, redirected, bodyUsed, url, is: response.constructor.name });
      note('headers', headers.get('content-type'), response.body?.constructor.name);
      return Promise.resolve();
    },
    onmessage: (message) => {
      note('message', message);
    },
    onclose: () => {
      note('close');
    },
    onerror: (error: unknown) => {
      note('error', error);
      return 1;
    },
  });
  await until('message', 4);
  await tell('drop');
  await until('open', 2);
  await until('message', 8);
  abort.abort('enough');
  await running;
  note('settled', abort.signal.aborted);
}
