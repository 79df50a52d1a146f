import { byId, element } from './element.ts';
import { endpointUrl, webSocketUrl } from './page-query.ts';
import { payloadZoo } from './payload-zoo.ts';

/** Sends each payload of the zoo to the echo and shows what came back. */
let socket: WebSocket | null = null;

function start(): void {
  if (socket !== null) return;
  const root = document.documentElement;
  const zoo = payloadZoo();
  const rows = zoo.map(({ label, data }) => {
    const sentAs = typeof data === 'string' ? 'string' : data.constructor.name;
    const state = element('td', '', [element('span', 'pill', 'sent')]);
    const cells = [label, sentAs, sizeOf(data), ''].map((text) => element('td', '', text));
    return element('tr', '', [...cells, state]);
  });
  byId('payloads').replaceChildren(...rows);
  root.dataset['state'] = 'running';

  let echoed = 0;
  const current = new WebSocket(webSocketUrl(endpointUrl('/ws/echo')));
  socket = current;
  current.addEventListener('open', () => {
    for (const { data } of zoo) current.send(data);
  });
  current.addEventListener('message', ({ data }: MessageEvent<string | Blob>) => {
    const row = rows[echoed++];
    if (row === undefined) return;
    row.dataset['state'] = 'echoed';
    const [, , , size, state] = row.cells;
    if (size !== undefined) size.textContent = sizeOf(data);
    state?.replaceChildren(element('span', 'pill', 'echoed'));
    if (echoed === rows.length) root.dataset['state'] = 'done';
  });
  current.addEventListener('close', () => {
    if (socket === current) socket = null;
    if (root.dataset['state'] === 'running') root.dataset['state'] = 'stopped';
  });
}

function sizeOf(data: string | Blob | ArrayBuffer | ArrayBufferView): string {
  if (data instanceof Blob) return bytes(data.size);
  if (typeof data !== 'string') return bytes(data.byteLength);
  return bytes(new TextEncoder().encode(data).length);
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} B`;
}

byId('start').addEventListener('click', start);
byId('stop').addEventListener('click', () => socket?.close(1000, 'stopped'));
start();
