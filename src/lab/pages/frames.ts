import { byId, element } from './element.ts';

/** The top frame's part is an ordinary leaf; this script makes the frames that have no address. */
const FRAMES = ['top', 'same-origin', 'cross-origin', 'srcdoc', 'about-blank'];
const states = new Map<string, string>();

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data !== 'object' || data === null || !('frame' in data) || !('state' in data)) return;
  states.set(String(data.frame), String(data.state));
  const all = FRAMES.map((frame) => states.get(frame) ?? 'starting');
  const state = ['running', 'stopped'].find((one) => all.every((other) => other === one));
  document.documentElement.dataset['state'] = state ?? 'starting';
});

function leafHtml(frame: string): string {
  return (
    `<!doctype html><html lang="en" data-frame="${frame}"><meta charset="utf-8">` +
    '<link rel="stylesheet" href="/lab/pages/lab.css">' +
    '<script type="module" src="/lab/pages/frame-leaf.ts"></script>' +
    '<body class="leaf"><div id="lanes" class="lanes"></div></body></html>'
  );
}

function addFrame(title: string): HTMLIFrameElement {
  const frame = element('iframe', '');
  frame.title = title;
  byId('frames').append(element('section', 'card', [element('h2', '', title), frame]));
  return frame;
}

addFrame('srcdoc').srcdoc = leafHtml('srcdoc');

const blank = addFrame('about:blank').contentDocument;
blank?.open();
// eslint-disable-next-line @typescript-eslint/no-deprecated -- pages in the wild fill frames this way
blank?.write(leafHtml('about-blank'));
blank?.close();

function tellAll(command: string): void {
  window.postMessage(command, '*');
  for (const frame of document.querySelectorAll('iframe')) {
    frame.contentWindow?.postMessage(command, '*');
  }
}

byId('start').addEventListener('click', () => tellAll('lab-start'));
byId('stop').addEventListener('click', () => tellAll('lab-stop'));
