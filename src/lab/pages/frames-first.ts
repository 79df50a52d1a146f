/**
 * Inlined into the head of each frame of `/frames-first`, as the first script that runs there.
 * It opens three WebSockets and two EventSources at once and tells the top frame when all are done.
 */
import { SEQUENCE_END, SEQUENCE_TYPES } from '../sse-sequence.ts';
import { payloadZoo } from './payload-zoo.ts';

const frame =
  document.documentElement.dataset['frame'] ??
  new URLSearchParams(location.search).get('frame') ??
  'frame';
const left = new Set<string>();

for (let index = 1; index <= 3; index++) openSocket(`${frame}-ws-${index}`, index);
for (let index = 1; index <= 2; index++) openSource(`${frame}-es-${index}`);

function openSocket(name: string, index: number): void {
  left.add(name);
  const url = new URL(`/ws/echo?name=${name}`, document.baseURI);
  const socket = new WebSocket(url.href.replace(/^http/u, 'ws'));
  if (index === 2) socket.binaryType = 'arraybuffer';
  const zoo = payloadZoo();
  let echoed = 0;
  socket.onopen = () => {
    for (const { data } of zoo) socket.send(data);
  };
  socket.onmessage = () => {
    if (++echoed === zoo.length) socket.close(1000, 'all echoed');
  };
  socket.onclose = () => finished(name, echoed === zoo.length);
}

function openSource(name: string): void {
  left.add(name);
  const source = new EventSource(new URL(`/sse/sequence?name=${name}`, document.baseURI));
  for (const type of ['message', ...SEQUENCE_TYPES]) {
    source.addEventListener(type, () => {
      if (type !== SEQUENCE_END) return;
      source.close();
      finished(name, true);
    });
  }
  source.onerror = () => {
    source.close();
    finished(name, false);
  };
}

function finished(name: string, isWell: boolean): void {
  left.delete(name);
  if (!isWell) window.top?.postMessage({ lab: 'frames-first', frame, state: 'failed', name }, '*');
  else if (left.size === 0) {
    window.top?.postMessage({ lab: 'frames-first', frame, state: 'done' }, '*');
  }
}
