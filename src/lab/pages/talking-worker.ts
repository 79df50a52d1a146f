/**
 * A shared or a service worker that talks to the lab on its own: over WebSocket, an event stream and lines by
 * `fetch`, once a page says the prefix of their names.
 */
function talk(prefix: string): void {
  const { origin } = location;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/echo?name=${prefix}-socket`);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    socket.send('hello from a worker 🛰');
    socket.send(new Uint8Array([0, 1, 254, 255]));
  };
  const source = new EventSource(`${origin}/sse/feed?name=${prefix}-events&count=5&rate=50`);
  source.onmessage = ({ lastEventId }) => {
    if (lastEventId === '5') source.close();
  };
  const lines = `${origin}/stream/feed?name=${prefix}-lines&count=5&rate=50&format=ndjson`;
  void fetch(lines).then((response) => response.text());
}

/** The types of workers are not among those of pages. */
interface WorkerEvents {
  addEventListener: (type: string, hear: (event: MessageEvent<string>) => void) => void;
}

const scope = globalThis as unknown as WorkerEvents;
scope.addEventListener('connect', ({ ports: [port] }) => {
  if (port !== undefined) port.onmessage = ({ data }) => talk(String(data));
});
scope.addEventListener('message', ({ data }) => talk(data));
