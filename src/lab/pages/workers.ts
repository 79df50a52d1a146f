/** Starts the worker, and lets it talk again and again: who watches workers may come later. */
const { port } = new SharedWorker('/lab/pages/talking-worker.ts', { type: 'module' });
setInterval(() => {
  port.postMessage('talk');
}, 1_000);
