/**
 * What the extension costs a page: the processor time of the page's main thread for bursts of 20,000 messages with the
 * extension asleep, as a ratio of a bare browser's, and with a panel watching, as a ratio of a bare browser's with
 * DevTools open (which records messages itself). All take turns in one run; a ratio is the median of those of the
 * single rounds, for a machine that slows down slows both sides of a round. Time by the clock would tell how busy the machine is: the page, the lab, the browser and the panel share its cores.
 *
 *     npm run bench
 */
import type { CDPSession, Page } from 'playwright';
import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { connectCdp } from '../../src/lab/browser/cdp.ts';
import { openDevTools } from '../../src/lab/browser/devtools.ts';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';
import { type LabBrowser, launchBrowser } from '../../src/lab/browser/launch.ts';
import { createLab } from '../../src/lab/server.ts';

const ROUNDS = 9;
const MESSAGES = 20_000;

type Burst = (endpoint: { http: string; ws: string; messages: number }) => Promise<void>;

/** Each runs in the page, which parses what it gets as an app does. */
const BURSTS: Record<string, Burst> = {
  'WebSocket, received': async ({ ws, messages }) => {
    const socket = new WebSocket(`${ws}/ws/feed?count=${messages}&burst=${messages}`);
    let left = messages;
    await new Promise<void>((resolve) => {
      socket.onmessage = ({ data }) => {
        if (typeof JSON.parse(data as string) === 'object') left -= 1;
        if (left === 0) resolve();
      };
    });
    socket.close();
  },
  'WebSocket, sent': async ({ ws, messages }) => {
    const socket = new WebSocket(`${ws}/ws/sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    for (let i = 0; i < messages; i += 1) {
      socket.send(`{"seq":${i},"symbol":"ACME","price":101.25}`);
      if (i % 500 === 499) await new Promise((resolve) => setTimeout(resolve));
    }
    socket.close();
  },
  'fetch stream, received': async ({ http, messages }) => {
    const { body } = await fetch(
      `${http}/stream/feed?format=ndjson&count=${messages}&burst=${messages}`,
    );
    const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
    const decoder = new TextDecoder();
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) JSON.parse(line);
    }
  },
  'EventSource, received': async ({ http, messages }) => {
    const source = new EventSource(`${http}/sse/feed?count=${messages}&burst=${messages}`);
    let left = messages;
    await new Promise<void>((resolve) => {
      source.onmessage = ({ data }) => {
        if (typeof JSON.parse(data as string) === 'object') left -= 1;
        if (left === 0) resolve();
      };
    });
    source.close();
  },
};

await ensureBuilt('chromium');
const executablePath = await findBrowser(console.error);
const extension = new URL('../../dist/chromium', import.meta.url).pathname;
const lab = await createLab();
const browsers: LabBrowser[] = [];
const sessions = new Map<Page, Promise<CDPSession>>();
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
        const before = await readCpuTime(page);
        await page.evaluate(burst, { http: lab.origin, ws, messages: MESSAGES });
        // The first round warms up.
        if (round > 0) times[name].push((await readCpuTime(page)) - before);
        lab.log.clear();
      }
    }
    const ratio = (name: keyof typeof pages, base: keyof typeof pages) => {
      const ratios = times[name].map((time, round) => time / (times[base][round] ?? NaN));
      return `${median(times[name]).toFixed(0)} ms (× ${median(ratios).toFixed(2)})`;
    };
    console.log(
      `${title}: bare ${median(times.bare).toFixed(0)} ms, asleep ${ratio('asleep', 'bare')}; ` +
        `DevTools alone ${median(times.inspected).toFixed(0)} ms, watched ${ratio('watched', 'inspected')}`,
    );
  }
} finally {
  for (const browser of browsers) await browser.close();
  await lab.close();
}

/** What the tasks of the page's main thread have taken so far, in milliseconds of the processor. */
async function readCpuTime(page: Page): Promise<number> {
  let opening = sessions.get(page);
  if (opening === undefined) {
    opening = page.context().newCDPSession(page);
    sessions.set(page, opening);
    await (await opening).send('Performance.enable', { timeDomain: 'threadTicks' });
  }
  const { metrics } = await (await opening).send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
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
