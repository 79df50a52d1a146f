import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { createReport } from '../../src/core/report.ts';
import { readSession } from '../../src/decoders/read-session.ts';
import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { downloadAfter, exportTrace } from '../../src/lab/browser/export-trace.ts';
import type { Lab } from '../../src/lab/server.ts';
import { aFeedThreeWays } from '../builders/a-feed.ts';
import { EXPORTERS } from '../../src/trace/exporters.ts';
import { expect, sessionIn, test } from './fixtures.ts';
import type { Session } from '../../src/core/session.ts';
import { aSession } from '../builders/session.ts';
import { giveFile } from './give-file.ts';
import { openSession } from './open-session.ts';

const READY = `document.querySelector('[data-compare]')?.dataset.ready === 'true'`;
/** Answers that plain polling has to have got: by then the others have said several times as much. */
const LEAST_ANSWERS = 4;

/** The lab's feed over five transports, recorded until the slowest has told enough, and then paused. */
async function recordFive(
  lab: Lab,
  page: Page,
  openPanel: (page: Page) => Promise<DevTools>,
): Promise<DevTools> {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=all-transports`);
  await expect(async () => {
    const { channels } = await sessionIn(devtools);
    expect(channels.length).toBe(5);
    expect(channels.every(({ rows }) => rows.length >= LEAST_ANSWERS)).toBe(true);
  }).toPass({ timeout: 60_000 });
  await devtools.panel.click('[data-action="record"]');
  return devtools;
}

/** Opens the view by its key and waits for its numbers. */
async function openByKey({ panel }: DevTools): Promise<void> {
  await panel.press('c');
  await panel.until(READY, 30_000);
}

/** The numbers of one measure, by subject, as they stand on the screen. */
const valuesOf = ({ panel }: DevTools, measure: string) =>
  panel.evaluate<{ value: string; grade: string }[]>(
    `[...document.querySelectorAll('[data-measure="${measure}"] [data-value]')].map((cell) => ({
      value: cell.dataset.value, grade: cell.dataset.grade }))`,
  );

const subjectsIn = ({ panel }: DevTools) =>
  panel.evaluate<string[]>(
    `[...document.querySelectorAll('[data-subject] .ellipsis')].map((each) => each.textContent)`,
  );

test('five transports stand side by side with the costs that the report has', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await recordFive(lab, page, openPanel);
  const { panel } = devtools;
  const session = await sessionIn(devtools);
  await openByKey(devtools);
  expect(await subjectsIn(devtools)).toEqual([
    'WebSocket /ws/feed',
    'EventSource /sse/feed',
    'fetch stream /stream/feed',
    'long polling /long-poll/feed',
    'polling /poll/feed',
  ]);

  const report = createReport(session, await readSession(session));
  const totals = await valuesOf(devtools, 'wire-total');
  expect(totals.map(({ value }) => Number(value))).toEqual(
    report.channels.map(({ wireCost }) => wireCost?.asIs),
  );
  // The picture and the table tell the same.
  await panel.until(`document.querySelectorAll('[data-figure] [data-cost-bar]').length === 5`);
  const drawn = await panel.evaluate<number[]>(
    `[...document.querySelectorAll('[data-figure] [data-cost-bar] [data-total]')].map((each) => Number(each.dataset.total))`,
  );
  const perEvent = await valuesOf(devtools, 'wire-per-event');
  expect(drawn.map((bytes) => bytes.toFixed(6))).toEqual(
    perEvent.map(({ value }) => Number(value).toFixed(6)),
  );
  const parts = await panel.evaluate<number[][]>(
    `[...document.querySelectorAll('[data-figure] [data-cost-bar]')].map((bar) =>
      [...bar.querySelectorAll('[data-part]')].map((part) => Number(part.dataset.bytes)))`,
  );
  parts.forEach((each, index) => {
    expect(each.reduce((sum, bytes) => sum + bytes, 0)).toBeCloseTo(drawn[index] ?? 0, 6);
  });

  // All five carried the same events, and the summary says who is cheapest and who is late.
  const alignments = `document.querySelectorAll('[data-alignment]').length`;
  expect(await panel.evaluate<number>(alignments)).toBe(4);
  const summary = await panel.text('[data-summary]');
  expect(summary).toMatch(/costs least on the wire: \d+ B for each event/u);
  expect(summary).toMatch(/\(polling \/poll\/feed\) has the same events [\d.]+ m?s later/u);
});

test('is operated by keys, explains each number, and leaves everything as it was', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await recordFive(lab, page, openPanel);
  const { panel } = devtools;
  await panel.click('[data-channel="2"] .label');
  const before = await panel.evaluate<string>(
    `document.querySelector('[data-channel-list]').getAttribute('aria-activedescendant')`,
  );
  await openByKey(devtools);
  // The channel that is selected leads.
  expect((await subjectsIn(devtools))[0]).toBe('EventSource /sse/feed');

  await panel.evaluate(`document.querySelector('[data-measure="wire-per-event"] button').focus()`);
  await panel.press('Enter');
  await panel.until(
    `document.querySelectorAll('[data-measure="wire-per-event"] [data-how]').length === 5`,
  );
  const how = await panel.text('[data-measure="wire-per-event"] [data-how="0"]');
  expect(how).toMatch(/^(?:computed|estimated) .*payload .*framing .*headers .*shared out to/u);

  await panel.click('[data-order="grouped"]');
  await panel.until(`document.querySelector('[data-measures="grouped"]') !== null`);

  await panel.press('Escape');
  await panel.until(`document.querySelector('[data-compare]') === null`);
  expect(
    await panel.evaluate<string>(
      `document.querySelector('[data-channel-list]').getAttribute('aria-activedescendant')`,
    ),
  ).toBe(before);
  await panel.click('[data-action="compare-with"]');
  await panel.until(READY);
  await panel.press('Escape');
  await panel.click('[data-action="compare"]');
  await panel.until(READY);
});

test('what if another transport carried it is answered with the report’s costs and the user’s own numbers', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await recordFive(lab, page, openPanel);
  const { panel } = devtools;
  const session = await sessionIn(devtools);
  await openByKey(devtools);
  const totals = `[...document.querySelectorAll('[data-carrier]')].map((each) => [each.dataset.carrier, Number(each.dataset.total)])`;
  await panel.until(`document.querySelectorAll('[data-carrier]').length === 5`);
  const report = createReport(session, await readSession(session));
  const costs = report.channels[0]?.costs?.map(({ carrier, total }) => [carrier, total]);
  expect(await panel.evaluate(totals)).toEqual(costs);

  const polling = `Number(document.querySelector('[data-carrier="polling"]').dataset.total)`;
  const usual = await panel.evaluate<number>(polling);
  const set = (field: string, value: string) =>
    panel.evaluate(`(() => {
      const input = document.querySelector('[data-field="${field}"]');
      input.value = '${value}';
      input.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
  // Asking ten times as often costs more; what is no number is told, and changes nothing.
  await set('interval', '0.2');
  await panel.until(`${polling} > ${usual * 2}`);
  await set('requestHeaders', 'many');
  await panel.until(`document.querySelector('[data-field-problem]') !== null`);
  expect(await panel.text('[data-field-problem]')).toContain('a whole number of bytes');
  await set('requestHeaders', '');

  // It is kept for the site.
  await panel.press('Escape');
  await panel.until(`document.querySelector('[data-compare]') === null`);
  await openByKey(devtools);
  await panel.until(`document.querySelector('[data-field="interval"]')?.value === '0.2'`);
  await panel.until(`${polling} > ${usual * 2}`);
});

test('channels are joined, split, left out, and chosen as baseline', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await recordFive(lab, page, openPanel);
  const { panel } = devtools;
  await openByKey(devtools);
  const single = await valuesOf(devtools, 'wire-total');
  const sum = single.slice(0, 2).reduce((total, { value }) => total + Number(value), 0);

  await panel.click('[data-subject="1"] [data-action="join"]');
  await panel.until(
    `document.querySelector('[data-subject="0"]').dataset.kind === 'group' && ${READY}`,
  );
  expect((await subjectsIn(devtools))[0]).toBe('WebSocket /ws/feed + EventSource /sse/feed');
  expect(Number((await valuesOf(devtools, 'wire-total'))[0]?.value)).toBe(sum);

  await panel.click('[data-subject="0"] [data-action="split"]');
  await panel.until(`document.querySelectorAll('[data-subject]').length === 5 && ${READY}`);
  await panel.click('[data-subject="4"] [data-action="leave-out"]');
  await panel.until(`document.querySelectorAll('[data-subject]').length === 4 && ${READY}`);
  await panel.click('[data-subject="2"] .name');
  await panel.until(
    `document.querySelector('[data-subject="0"]').innerText.includes('fetch stream') && ${READY}`,
  );
});

test('what is exported is what is shown', async ({ lab, page, openPanel }) => {
  const devtools = await recordFive(lab, page, openPanel);
  const { panel } = devtools;
  await openByKey(devtools);
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-comparison-'));
  const saved = async (id: string): Promise<Buffer> => {
    await panel.click('[data-action="export-comparison"]');
    return readFile(
      await downloadAfter(devtools, folder, () => panel.click(`[data-export-comparison="${id}"]`)),
    );
  };
  try {
    const markdown = (await saved('save-markdown')).toString();
    const lines = await panel.evaluate<string[]>(
      `[...document.querySelectorAll('[data-summary] li')].map((each) => each.textContent)`,
    );
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(markdown).toContain(line);
    const csv = (await saved('save-csv')).toString().split('\r\n');
    const [head = ''] = csv;
    const place = head.split(',').indexOf('value');
    const own = csv.filter((line) => line.startsWith('wire-total,'));
    expect(own.map((line) => line.split(',')[place])).toEqual(
      (await valuesOf(devtools, 'wire-total')).map(({ value }) => value),
    );
    const svg = (await saved('save-svg')).toString();
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
    expect(svg).toContain('costs least on the wire');
    expect((await saved('save-png')).subarray(1, 4).toString()).toBe('PNG');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a trace is compared with the recording on the screen, which goes on', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await recordFive(lab, page, openPanel);
  const { panel } = devtools;
  const before = await exportTrace(devtools, 'jsonl');
  await openByKey(devtools);
  await panel.click('[data-action="choose"]');
  const [ownFormat] = EXPORTERS;
  const trace = [...(ownFormat?.write(aFeedThreeWays(), { toolVersion: '0' }) ?? [])].join('');
  const chosen = `document.querySelectorAll('[data-subject]').length === 6 && ${READY}`;
  await giveFile(devtools, '[data-add-trace]', 'before.jsonl', trace, () => panel.until(chosen));
  expect((await subjectsIn(devtools))[5]).toBe('before.jsonl');
  expect(await panel.evaluate(`document.querySelector('[data-banner]') === null`)).toBe(true);

  // A file that is none is refused in words, and nothing is lost.
  await giveFile(devtools, '[data-add-trace]', 'photo.png', '\u0089PNG', () =>
    panel.until(`document.querySelector('[data-compare-problem]') !== null`),
  );
  expect(await panel.text('[data-compare-problem]')).toContain('photo.png could not be opened');
  expect(await panel.evaluate(chosen)).toBe(true);
  await panel.press('Escape');
  expect((await exportTrace(devtools, 'jsonl')).equals(before)).toBe(true);
});

test('of two recordings it is told what changed from the one to the other', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  const talk = (more: string, other: string): Session => {
    let told = aSession().frame().websocket('wss://shop.test/live').opens();
    for (let index = 0; index < 30; index += 1) {
      told = told.after(100).receives(`{"type":"price","symbol":"ACME","value":${index}${more}}`);
      if (index % 3 === 0) told = told.after(20).receives(other);
    }
    return told.build();
  };
  const before = talk('', '{"type":"trade","id":"t-1"}');
  const after = talk(`,"note":"${'x'.repeat(200)}"`, '{"type":"halt","reason":"news"}');
  const [ownFormat] = EXPORTERS;
  const text = (session: Session): string =>
    [...(ownFormat?.write(session, { toolVersion: '0' }) ?? [])].join('');
  await openSession(devtools, 'before', before);
  await openByKey(devtools);
  if (!(await panel.evaluate<boolean>(`document.querySelector('[data-picker]') !== null`))) {
    await panel.click('[data-action="choose"]');
  }
  const source = (name: string) => `[data-source="${name}"] label:first-of-type input`;
  await panel.click(source('before.jsonl'));
  await panel.until(`document.querySelectorAll('[data-subject]').length === 2`);
  await panel.click('[data-subject="0"] [data-action="leave-out"]');
  await giveFile(devtools, '[data-add-trace]', 'after.jsonl', text(after), () =>
    panel.until(`document.querySelector('[data-source="after.jsonl"]') !== null`),
  );
  const change = (kind: string) => `document.querySelector('[data-kind-change="${kind}"]')`;
  await panel.until(`${change('halt')}?.dataset.fate === 'new'`);
  expect(await panel.evaluate(`${change('trade')}.dataset.fate`)).toBe('missing');
  const words = await panel.text('[data-kind-change="price"]');
  expect(words).toContain('field note is new');
  expect(words).toMatch(/size \d+ B → \d+ B: .* × as much/u);
});
