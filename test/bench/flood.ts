/**
 * A flood of a million messages on one WebSocket, while the browser stops the hub twenty times and the panel is
 * reloaded five times. At the end each message is in the session or in its dropped count, and what is kept goes on
 * without a gap to the last one.
 *
 *     npx tsx test/bench/flood.ts [MESSAGES]
 */
import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { openDevTools } from '../../src/lab/browser/devtools.ts';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';
import { launchBrowser } from '../../src/lab/browser/launch.ts';
import { stopHub } from '../../src/lab/browser/stop-hub.ts';
import { createLab } from '../../src/lab/server.ts';
import { sessionIn } from '../e2e/fixtures.ts';

const MESSAGES = Number(process.argv[2] ?? 1_000_000);
const KILLS = 20;
const RELOADS = 5;
const RATE = 20_000;

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
  await page.goto(`${lab.origin}/blank`);
  const begun = performance.now();
  await page.evaluate(
    (url) => {
      const counter = { longest: 0 };
      Object.assign(window, { counter });
      let last = performance.now();
      new WebSocket(url).onmessage = () => undefined;
      setInterval(() => {
        const now = performance.now();
        counter.longest = Math.max(counter.longest, now - last);
        last = now;
      }, 10);
    },
    `${lab.origin.replace('http', 'ws')}/ws/feed?name=flood&count=${MESSAGES}&rate=${RATE}`,
  );
  // Asked of the server: Playwright's own connection to the page is flooded too.
  const sent = () => lab.log.messagesOf(lab.log.connectionNamed('flood')?.id ?? 0).length;

  let [kills, reloads] = [0, 0];
  while (sent() < MESSAGES) {
    const share = sent() / MESSAGES;
    if (kills < KILLS && share > (kills + 0.5) / KILLS) {
      kills += 1;
      await stopHub(browser).catch((error: unknown) => {
        kills -= 1;
        console.error(String(error));
      });
    }
    if (reloads < RELOADS && share > (reloads + 0.75) / RELOADS) {
      reloads += 1;
      await devtools.panel.reload();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const arrived = performance.now();
  const counted = (name: string) =>
    `Number.parseInt((document.querySelector('[data-count="${name}"]')?.textContent ?? '0').replaceAll(',', ''), 10)`;
  await devtools.panel.until(`${counted('messages')} >= ${MESSAGES}`, 300_000);
  const shown = performance.now();

  const session = await sessionIn(devtools);
  const dropped = session.dropped.received.messages;
  const sequence = [...session.facts()].flatMap((fact) =>
    fact.kind === 'message' && fact.payload !== null
      ? [(JSON.parse(String(fact.payload)) as { seq: number }).seq]
      : [],
  );
  const gaps = sequence.filter((seq, index) => index > 0 && seq - 1 !== sequence[index - 1]);
  const longest = await page.evaluate(
    () => (window as unknown as { counter: { longest: number } }).counter.longest,
  );
  console.log(
    `${MESSAGES} messages sent in ${((arrived - begun) / 1000).toFixed(1)} s, hub stopped ${kills} times, panel reloaded ${reloads} times.\n` +
      `In the session ${((shown - arrived) / 1000).toFixed(1)} s later: ${session.messages.length} kept + ${dropped} dropped = ${session.messages.length + dropped}; ` +
      `payloads from ${sequence[0]} to ${sequence.at(-1)}, ${gaps.length} gaps.\n` +
      `The page's longest pause: ${longest.toFixed(0)} ms.`,
  );
  const isExact =
    session.messages.length + dropped === MESSAGES &&
    sequence.at(-1) === MESSAGES &&
    gaps.length === 0;
  if (!isExact) process.exitCode = 1;
} finally {
  await browser.close();
  await lab.close();
}
