/**
 * What the extension costs a page: the time of bursts of 20,000 messages with the extension asleep, as a ratio of a
 * bare browser's, and with a panel watching, as a ratio of a bare browser's with DevTools open (which records
 * messages itself). All take turns in one run, because machines are noisy; the medians are compared.
 *
 *     npm run bench
 */
import type { Page } from 'playwright';
import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { connectCdp } from '../../src/lab/browser/cdp.ts';
import { openDevTools } from '../../src/lab/browser/devtools.ts';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';
import { type LabBrowser, launchBrowser } from '../../src/lab/browser/launch.ts';
import { createLab } from '../../src/lab/server.ts';

const ROUNDS = 7;
const MESSAGES = 20_000;

type Burst = (endpoint: { http: string; ws: string; messages: number }) => Promise<number>;

/** Each runs in the page and answers its own time in milliseconds. */
const BURSTS: Record<string, Burst> = {
  'WebSocket, received': async ({ ws, messages }) => {
    const socket = new WebSocket(`${ws}/ws/feed?count=${messages}&burst=${messages}`);
    let left = messages;
    let start = 0;
    await new Promise<void>((resolve) => {
      socket.onmessage = () => {
        if (start === 0) start = performance.now();
        left -= 1;
        if (left === 0) resolve();
      };
    });
    socket.close();
    return performance.now() - start;
  },
  'WebSocket, sent': async ({ ws, messages }) => {
    const socket = new WebSocket(`${ws}/ws/sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    const start = performance.now();
    for (let i = 0; i < messages; i += 1) {
      socket.send(`{"seq":${i},"symbol":"ACME","price":101.25}`);
      if (i % 500 === 499) await new Promise((resolve) => setTimeout(resolve));
    }
    const time = performance.now() - start;
    socket.close();
    return time;
  },
  'fetch stream, received': async ({ http, messages }) => {
    const start = performance.now();
    const { body } = await fetch(`${http}/stream/feed?count=${messages}&burst=${messages}`);
    const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
    while (!(await reader.read()).done);
    return performance.now() - start;
  },
  'EventSource, received': async ({ http, messages }) => {
    const source = new EventSource(`${http}/sse/feed?count=${messages}&burst=${messages}`);
    let left = messages;
    let start = 0;
    await new Promise<void>((resolve) => {
      source.onmessage = () => {
        if (start === 0) start = performance.now();
        left -= 1;
        if (left === 0) resolve();
      };
    });
    source.close();
    return performance.now() - start;
  },
};

await ensureBuilt('chromium');
const executablePath = await findBrowser(console.error);
const extension = new URL('../../dist/chromium', import.meta.url).pathname;
const lab = await createLab();
const browsers: LabBrowser[] = [];
try {
  const bare = await launchBrowser({ executablePath, headless: true });
  browsers.push(bare);
  const asleep = await launchBrowser({ executablePath, headless: true, extension });
  browsers.push(asleep);
  const watched = await launchBrowser({ executablePath, headless: true, extension });
  browsers.push(watched);
  const inspected = await launchBrowser({ executablePath, headless: true });
  browsers.push(inspected);
  const pages = {
    bare: pageOf(bare),
    asleep: pageOf(asleep),
    inspected: pageOf(inspected),
    watched: pageOf(watched),
  };
  await openBareDevTools(inspected, pages.inspected);
  await openDevTools(watched, pages.watched);

  const ws = lab.origin.replace('http', 'ws');
  for (const [title, burst] of Object.entries(BURSTS)) {
    const times: Record<keyof typeof pages, number[]> = {
      bare: [],
      asleep: [],
      inspected: [],
      watched: [],
    };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, page] of Object.entries(pages) as [keyof typeof pages, Page][]) {
        await page.goto(`${lab.origin}/blank`);
        const time = await page.evaluate(burst, { http: lab.origin, ws, messages: MESSAGES });
        // The first round warms up.
        if (round > 0) times[name].push(time);
        lab.log.clear();
      }
    }
    const ratio = (name: keyof typeof pages, base: keyof typeof pages) =>
      `${median(times[name]).toFixed(0)} ms (× ${(median(times[name]) / median(times[base])).toFixed(2)})`;
    console.log(
      `${title}: bare ${median(times.bare).toFixed(0)} ms, asleep ${ratio('asleep', 'bare')}; ` +
        `DevTools alone ${median(times.inspected).toFixed(0)} ms, watched ${ratio('watched', 'inspected')}`,
    );
  }
} finally {
  for (const browser of browsers) await browser.close();
  await lab.close();
}

async function openBareDevTools({ debuggingPort }: LabBrowser, page: Page): Promise<void> {
  const version = await fetch(`http://127.0.0.1:${debuggingPort}/json/version`);
  const { webSocketDebuggerUrl } = (await version.json()) as { webSocketDebuggerUrl: string };
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  const root = await connectCdp(webSocketDebuggerUrl);
  await root.send('Target.openDevTools', { targetId: targetInfo.targetId });
  root.close();
}

function pageOf({ context }: LabBrowser): Page {
  const [page] = context.pages();
  if (page === undefined) throw new Error('a new browser has a page');
  return page;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
