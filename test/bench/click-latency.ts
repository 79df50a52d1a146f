/**
 * How long the panel takes to answer a click (from the event to the frame that shows it, which the browser
 * reports from 16 ms on): at rest, and while bursts of 10,000 messages arrive with the message list in view.
 *
 *     npx tsx test/bench/click-latency.ts
 */
import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { type DevTools, openDevTools } from '../../src/lab/browser/devtools.ts';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';
import { launchBrowser } from '../../src/lab/browser/launch.ts';
import { createLab } from '../../src/lab/server.ts';

const ROUNDS = 5;
const CLICKS_AT_REST = 20;
/** The browser reports no shorter answer; those count as this long. */
const SHORTEST = 16;

await ensureBuilt('chromium');
const lab = await createLab();
const browser = await launchBrowser({
  executablePath: await findBrowser(console.error),
  extension: new URL('../../dist/chromium', import.meta.url).pathname,
  headless: true,
});
try {
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const devtools = await openDevTools(browser, page);
  const { panel } = devtools;
  // Event Timing: from the press to the frame that shows its answer, in steps of 8 ms; one entry a click.
  await panel.evaluate(`
    globalThis.answers = [];
    const keep = (entries) => {
      for (const { name, duration } of entries) if (name === 'click') answers.push(duration);
    };
    globalThis.observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ type: 'event', durationThreshold: ${SHORTEST} });
    globalThis.takeAnswers = async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      keep(observer.takeRecords());
      return answers.splice(0);
    };
    0;
  `);
  await page.goto(`${lab.origin}/watch?scenario=burst&count=2000&burst=2000`);
  await untilMessages(devtools, 2_000);
  await panel.click('[data-channel="1"] .label');
  await panel.until(`document.querySelector('[data-row]') !== null`);
  for (let click = 0; click < CLICKS_AT_REST; click += 1) await clickSomewhere(devtools, click);
  const atRest = await takeAnswers(devtools, CLICKS_AT_REST);

  const busy: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto(`${lab.origin}/watch?scenario=burst`);
    await panel.click('[data-channel="1"] .label');
    let clicks = 0;
    for (; (await countMessages(devtools)) < 10_000; clicks += 1) {
      await clickSomewhere(devtools, clicks);
    }
    busy.push(...(await takeAnswers(devtools, clicks)));
  }
  print('at rest', atRest);
  print('while 10,000 messages arrive', busy);
} finally {
  await browser.close();
  await lab.close();
}

async function clickSomewhere({ panel }: DevTools, turn: number): Promise<void> {
  const tabs = ['Numbers', 'Messages'];
  await panel.click(`[data-tab="${tabs[turn % tabs.length] ?? ''}"]`);
}

async function takeAnswers({ panel }: DevTools, clicks: number): Promise<number[]> {
  const reported = await panel.evaluate<number[]>('takeAnswers()');
  const short = Math.max(0, clicks - reported.length);
  return [...reported, ...Array.from({ length: short }, () => SHORTEST)];
}

function countMessages({ panel }: DevTools): Promise<number> {
  return panel.evaluate(
    `Number((document.querySelector('[data-count="messages"]')?.textContent ?? '0').replaceAll(/\\D/g, ''))`,
  );
}

async function untilMessages(devtools: DevTools, count: number): Promise<void> {
  while ((await countMessages(devtools)) < count) await new Promise((next) => setTimeout(next, 50));
}

function print(title: string, answers: number[]): void {
  const sorted = answers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(1) ?? '–';
  console.log(
    `${title}: ${answers.length} clicks, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`,
  );
}
