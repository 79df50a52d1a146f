import { exportTrace } from '../../src/lab/browser/export-trace.ts';
import type { Page } from 'playwright';
import { expect, importText, sessionIn, test, untilMessages } from './fixtures.ts';
import { importFile } from './import-file.ts';

const CHANNELS = `[...document.querySelectorAll('[data-channel]')]`;

/** The number of the channel whose row holds this text. */
const channelWith = (text: string) =>
  `${CHANNELS}.find((row) => row.innerText.includes(${JSON.stringify(text)}))?.dataset.channel`;

/** Asks again and again, a fifth of a second apart. */
async function poll(page: Page, origin: string, count: number): Promise<void> {
  await page.evaluate(
    async ([base, times]) => {
      for (let index = 0; index < times; index += 1) {
        const begun = performance.now();
        await (await fetch(`${base}/poll/feed?name=short&key=short&rate=20&after=${index}`)).text();
        await new Promise((resolve) => setTimeout(resolve, 200 - (performance.now() - begun)));
      }
    },
    [origin, count] as const,
  );
}

test('the facts of a request say who told them, and each request of polling can be chosen', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await page.goto(`${lab.origin}/blank`);
  await poll(page, lab.origin, 8);
  await untilMessages(devtools, 8);
  const id = await panel.until<string>(channelWith('8 requests'));
  await panel.click(`[data-channel="${id}"] .label`);
  await panel.until(
    `[...document.querySelectorAll('[data-row]')].every((row) => row.innerText.includes('response'))`,
  );
  await panel.click('[data-tab="Connection"]');
  expect(await panel.text('[data-inference]')).toContain('requests to one address');
  await panel.until(
    `document.querySelector('[data-section="general"]')?.innerText.includes('GET')`,
  );
  expect(await panel.text('[data-section="general"]')).toContain('from the page');
  await panel.until(
    `document.querySelector('[data-section="handshake"]')?.innerText.includes('http/1.1')`,
  );
  expect(await panel.text('[data-section="handshake"]')).toContain('network log');
  expect(await panel.text('[data-timings]')).toContain('ms');
  expect((await panel.text('[data-section="request-headers-log"]')).toLowerCase()).toContain(
    'user-agent',
  );
  await panel.evaluate(`document.querySelector('[data-chooser]').focus()`);
  const shown = `document.querySelector('[data-connection]').dataset.connection`;
  const last = await panel.evaluate<string>(shown);
  await panel.press('ArrowUp');
  await panel.until(`${shown} !== '${last}'`);
  expect(await panel.text('[data-section="general"]')).toContain('?after');
});

test('requests that are none of one channel are set aside and brought back, also in an opened trace', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await page.goto(`${lab.origin}/blank`);
  await poll(page, lab.origin, 6);
  await untilMessages(devtools, 6);
  const id = await panel.until<string>(channelWith('6 requests'));
  await panel.click(`[data-channel="${id}"] .label`);
  await panel.click('[data-tab="Connection"]');
  await panel.click('[data-action="set-aside"]');
  await panel.until(`${CHANNELS}.length === 0`);
  expect(await panel.text('[data-count="channels"]')).toBe('0 channels');
  const trace = await exportTrace(devtools, 'jsonl');
  expect((await importText(trace)).channels[0]?.isSetAside).toBe(true);
  await panel.click('[data-action="bring-back"]');
  await panel.until(`${CHANNELS}.length === 1`);
  expect((await sessionIn(devtools)).channels[0]?.isSetAside).toBe(false);

  await importFile(devtools, 'aside.jsonl', trace);
  await panel.until(
    `document.querySelector('[data-set-aside]') !== null && ${CHANNELS}.length === 0`,
  );
  await panel.click('[data-action="bring-back"]');
  await panel.until(`${CHANNELS}.length === 1`);
  await panel.until(`document.activeElement.matches('[data-channel-list]')`);
  await panel.press('Delete');
  await panel.until(`${CHANNELS}.length === 0`);
});

test('streams show how they are asked for and how they ended', async ({ lab, page, openPanel }) => {
  const { panel } = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(async (origin) => {
    const feed = `${origin}/stream/feed?format=event-stream&count=3&rate=100&events=tick`;
    await (await fetch(`${feed}&name=whole`, { method: 'POST' })).text();
  }, lab.origin);
  const id = await panel.until<string>(channelWith('POST'));
  await panel.until(`document.querySelector('[data-channel="${id}"]').innerText.includes('ended')`);
  await panel.click(`[data-channel="${id}"] .label`);
  await panel.until(`document.querySelector('.head').innerText.includes('Event')`);
});

test('what is not seen says why, and a click mends it', async ({ lab, page, openPanel }) => {
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=2000&count=3000`);
  await lab.log.until((log) =>
    log.connections().some(({ id }) => log.messagesOf(id).length >= 3_000),
  );
  await page.waitForFunction(() => document.documentElement.dataset['state'] !== 'starting');
  const { panel } = await openPanel(page);
  await panel.until(`document.querySelector('[data-notices]') !== null`);
  await panel.click('[data-notices] summary');
  expect(await panel.text('[data-notices] ul')).toContain('before a panel watched');
  await panel.click('[data-notices] [data-action="mend"]');
  await panel.until(`document.querySelector('[data-notices]') === null`);
});

test('a page that does not answer is told of', async ({ lab, page, openPanel }) => {
  const { panel } = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await panel.until(`document.querySelector('[data-notices]') === null`);
  // Nothing listens there: the browser shows a page of its own, which no extension reaches.
  await page.goto('http://127.0.0.1:9/').catch(() => undefined);
  await panel.until(
    `document.querySelector('[data-notices]')?.textContent.includes('does not answer')`,
  );
  await page.goto(`${lab.origin}/blank`);
  await panel.until(`document.querySelector('[data-notices]') === null`);
});
