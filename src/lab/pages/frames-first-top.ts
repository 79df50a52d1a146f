/**
 * The second inline script of `/frames-first`: makes the frames that have no address out of the first
 * script's own text, and says `done` when all five frames have said so.
 */
const done = new Set<string>();
const first = document.getElementById('first')?.textContent ?? '';

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data !== 'object' || data === null || !('frame' in data) || !('state' in data)) return;
  const root = document.documentElement;
  if (data.state === 'done') done.add(String(data.frame));
  else root.dataset['state'] = 'failed';
  root.dataset['doneFrames'] = [...done].join(' ');
  if (done.size === 5 && root.dataset['state'] !== 'failed') root.dataset['state'] = 'done';
});

function frameHtml(name: string): string {
  return `<!doctype html><html lang="en" data-frame="${name}"><head><script>${first}</script></head><body>${name}</body></html>`;
}

document.addEventListener('DOMContentLoaded', () => {
  const srcdoc = document.createElement('iframe');
  srcdoc.srcdoc = frameHtml('srcdoc');
  const blank = document.createElement('iframe');
  document.body.append(srcdoc, blank);
  const inner = blank.contentDocument;
  inner?.open();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- pages in the wild fill frames this way
  inner?.write(frameHtml('about-blank'));
  inner?.close();
});

export {};
