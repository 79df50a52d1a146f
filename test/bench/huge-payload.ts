/**
 * One JSON message of 50 MB, opened in a real panel: how long the panel's main thread stands still while the message is
 * opened, shown as a tree, and counted among the kinds.
 *
 *     npx tsx test/bench/huge-payload.ts
 */
import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { openDevTools } from '../../src/lab/browser/devtools.ts';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';
import { launchBrowser } from '../../src/lab/browser/launch.ts';
import { EXPORTERS } from '../../src/trace/exporters.ts';
import { aSession } from '../builders/session.ts';
import { importFile } from '../e2e/import-file.ts';

const SIZE = 50_000_000;
const ITEM = JSON.stringify({
  id: 123_456,
  name: 'an item',
  tags: ['a', 'b'],
  at: { x: 1.5, y: [] },
});
const text = `[${new Array(Math.ceil(SIZE / (ITEM.length + 1))).fill(ITEM).join(',')}]`;
const session = aSession().frame().websocket('wss://a.test/live').opens().receives(text).build();
const [ownFormat] = EXPORTERS;
const trace = [...(ownFormat?.write(session, { toolVersion: '0' }) ?? [])].join('');

/** Keeps the longest time in which nothing else could run. */
const WATCH = `(() => {
  globalThis.longest = 0;
  let last = performance.now();
  const turn = () => {
    const now = performance.now();
    globalThis.longest = Math.max(globalThis.longest, now - last);
    last = now;
    setTimeout(turn, 0);
  };
  turn();
})()`;

const browser = await launchBrowser({
  executablePath: await findBrowser(console.error),
  extension: await ensureBuilt('chromium'),
  headless: true,
});
try {
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const devtools = await openDevTools(browser, page);
  const { panel } = devtools;
  await importFile(devtools, 'huge.jsonl', trace);
  await panel.click('[data-channel="1"] .label');
  await panel.until(`document.querySelector('[data-row="0"]') !== null`);
  await panel.evaluate(WATCH);

  const tell = async (what: string): Promise<void> => {
    const longest = await panel.evaluate<number>('globalThis.longest');
    console.log(`${what}: the panel stood still for ${Math.round(longest)} ms at most`);
    await panel.evaluate('globalThis.longest = 0');
  };

  await panel.evaluate(`(() => {
    const row = document.querySelector('[data-row="0"]');
    const { left, top } = row.getBoundingClientRect();
    const at = { clientX: left + 40, clientY: top + 8 };
    row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, ...at }));
  })()`);
  await panel.until(`document.querySelector('[data-action="parse-json"]') !== null`);
  await panel.until(`document.querySelector('[data-payload] [data-view="text"]') !== null`);
  await tell('opened');
  await panel.click('[data-action="parse-json"]');
  await panel.until(`document.querySelector('[data-payload-json]') !== null`);
  await tell('shown as a tree');
  await panel.click('[data-tab="Kinds"]');
  await panel.until(`document.querySelector('[data-kinds]')?.innerText.includes('json')`);
  await tell('counted among the kinds');
} finally {
  await browser.close();
}
