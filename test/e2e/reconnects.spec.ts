import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { downloadAfter } from '../../src/lab/browser/export-trace.ts';
import { expect, test as base, untilMessages } from './fixtures.ts';
import { type Fate, type OutageServer, serveOutages } from './serve-outages.ts';

interface Fixtures {
  serve: (plan: readonly Fate[], honours?: boolean) => Promise<OutageServer>;
}

const test = base.extend<Fixtures>({
  // Playwright reads the fixtures that a test wants from this pattern; this one wants none.
  // eslint-disable-next-line no-empty-pattern
  serve: async ({}, use) => {
    const servers: OutageServer[] = [];
    await use(async (plan, honours = false) => {
      const server = await serveOutages(plan, honours);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.close();
  },
});

const EVENT_SOURCE = `new EventSource('/events')`;

/** Full jitter under 100 ms × 2, with the dice that were thrown once. */
const FULL_JITTER = `{
  const dice = [0.4, 0.9, 0.55, 0.7, 0.95, 0.3, 0.8, 0.35, 0.99, 0.6, 0.9, 0.15, 0.75, 0.5, 0.85];
  let failed = 0;
  let thrown = 0;
  const connect = () => {
    const socket = new WebSocket('ws://' + location.host + '/socket');
    socket.onopen = () => { failed = 0; };
    socket.onclose = () => {
      const delay = dice[thrown++ % dice.length] * 100 * 2 ** failed++;
      setTimeout(connect, delay);
    };
  };
  connect();
}`;

const REFUSED = [503, 503, 503, 503];

/** Opens the Reconnects view of the only channel once it says so. */
async function lookAt({ panel }: DevTools, outcome: string, count: number): Promise<string> {
  await panel.click('[data-channel="1"]');
  await panel.click('[data-tab="Reconnects"]');
  await panel.until(
    `document.querySelectorAll('[data-outcome="${outcome}"]').length === ${count}`,
    30_000,
  );
  return panel.text('[data-reconnects]');
}

test('an EventSource whose server honours ids resumes exactly', async ({
  serve,
  page,
  openPanel,
}) => {
  const { origin } = await serve(['serve', 'serve', 'serve'], true);
  const devtools = await openPanel(page);
  await page.goto(origin);
  await page.evaluate(EVENT_SOURCE);
  const told = await lookAt(devtools, 'exact', 2);
  expect(told).toContain('2 reconnects · resumed');
  expect(told).toContain('event IDs went on without a gap');
  expect(told).toContain('Last-Event-ID sent: 6, and the server went on after it');
  expect(told).toContain('the browser, for one EventSource object');
  const [, waited = ''] = /The browser waits about (\d+) ms/u.exec(told) ?? [];
  expect(Number(waited)).toBeGreaterThanOrEqual(490);
  expect(Number(waited)).toBeLessThan(900);
  expect(await devtools.panel.text('[data-breaks]')).toBe('2 reconnects · resumed');
});

test('an EventSource whose server does not honour ids names what was lost', async ({
  serve,
  page,
  openPanel,
}) => {
  const { origin } = await serve(['serve', 'serve']);
  const devtools = await openPanel(page);
  await page.goto(origin);
  await page.evaluate(EVENT_SOURCE);
  const told = await lookAt(devtools, 'lost', 1);
  expect(told).toContain('3 messages never came (event IDs 7–9)');
  expect(told).toContain('and the server did not go on after it');
  expect(await devtools.panel.text('[data-breaks]')).toBe('1 reconnect · lost 3');
});

for (const [status, words] of [
  [204, 'The server answered 204: it wants no reconnect'],
  [500, 'The server answered 500'],
] as const) {
  test(`an EventSource that is answered with ${status} never comes back`, async ({
    serve,
    page,
    openPanel,
  }) => {
    const { origin } = await serve(['serve', status]);
    const devtools = await openPanel(page);
    await page.goto(origin);
    await page.evaluate(EVENT_SOURCE);
    const told = await lookAt(devtools, 'given-up', 1);
    expect(told).toContain('It never came back: 1 try, and then nobody tried again');
    expect(told).toContain(words);
    expect(await devtools.panel.text('[data-breaks]')).toBe('gave up');
  });
}

test('the full jitter of a page is found, drawn, saved and opened from its lane', async ({
  serve,
  page,
  openPanel,
}) => {
  const lost = ['serve', ...REFUSED] as const;
  const { origin } = await serve([...lost, ...lost, ...lost, 'serve']);
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await page.goto(origin);
  await page.evaluate(FULL_JITTER);
  const told = await lookAt(devtools, 'lost', 3);
  expect(told).toContain('3 reconnects · lost 9');
  expect(told).toMatch(/Waits .*twice as long after each try.*or less by chance/u);
  expect(told).toContain('the page’s own code');
  await panel.until(`document.querySelector('[data-band]') !== null`);
  expect(await panel.evaluate(`document.querySelector('[data-delays]').dataset.delays`)).toBe('15');

  const folder = await mkdtemp(join(tmpdir(), 'wirescope-picture-'));
  try {
    const svg = await downloadAfter(devtools, folder, () =>
      panel.click('[data-action="save-svg"]'),
    );
    const text = await readFile(svg, 'utf8');
    expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
    expect(text).toContain('3 reconnects · lost 9');
    const png = await downloadAfter(devtools, folder, () =>
      panel.click('[data-action="save-png"]'),
    );
    expect((await readFile(png)).subarray(1, 4).toString()).toBe('PNG');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  await panel.click('[data-tab="Messages"]');
  const [from, to] = await panel.evaluate<[number, number]>(`(() => {
    const [first] = document.querySelectorAll('[data-channel] .lane');
    const { left, width } = first.getBoundingClientRect();
    return [left, left + width];
  })()`);
  const y = await panel.evaluate<number>(
    `(({ top, height }) => top + height / 2)(document.querySelector('.lane').getBoundingClientRect())`,
  );
  for (let x = from + 2; x < to; x += 3) {
    const mouse = { x, y, button: 'left', clickCount: 1 };
    await panel.cdp.send('Input.dispatchMouseEvent', {
      ...mouse,
      type: 'mouseMoved',
      button: 'none',
    });
    const read = await panel.text('[data-readout]');
    if (!read.includes('outage of') || /[▲▼]/u.test(read)) continue;
    await panel.cdp.send('Input.dispatchMouseEvent', { ...mouse, type: 'mousePressed' });
    await panel.cdp.send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseReleased' });
    break;
  }
  await panel.until(`document.querySelector('[data-outage] [aria-pressed="true"]') !== null`);
});

test('a reconnect that was concluded can be split off, and that can be undone', async ({
  serve,
  page,
  openPanel,
}) => {
  const { origin } = await serve(['serve', 503, 'serve']);
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await page.goto(origin);
  await page.evaluate(FULL_JITTER);
  await lookAt(devtools, 'lost', 1);
  const channels = `document.querySelectorAll('[data-channel]').length`;
  await panel.click('[data-action="split"]');
  await panel.until(`${channels} === 2`);
  await panel.click('[data-action="undo-link"]');
  await panel.until(`${channels} === 1`);
  await panel.until(`document.querySelectorAll('[data-outcome="lost"]').length === 1`);
});

test('heartbeats are hidden by a key in list and numbers, and said to be', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await page.goto(`${lab.origin}/watch?scenario=half-open&halfOpen=500&rate=4`);
  await untilMessages(devtools, 20);
  await panel.click('[data-channel="1"]');
  await panel.until(`document.querySelector('[data-beat]') !== null`);
  const rows = `Number(document.querySelector('[data-message-list]').dataset.rows)`;
  const before = await panel.evaluate<number>(rows);
  await panel.press('h');
  const hidden = await panel.until<number>(
    `Number(document.querySelector('[data-hidden-beats]')?.dataset.hiddenBeats ?? 0)`,
  );
  expect(hidden).toBeGreaterThanOrEqual(4);
  await panel.until(
    `![...document.querySelectorAll('[data-row]')].some((row) => /"p[io]ng"/u.test(row.innerText))`,
  );
  await panel.click('[data-tab="Numbers"]');
  expect(await panel.text('[data-details]')).toMatch(/Heartbeats\s+\d+ messages hidden/u);
  await panel.press('h');
  await panel.click('[data-tab="Messages"]');
  await panel.until(`${rows} > ${before}`);
});

test('the timeline is a table for who cannot see it', async ({ serve, page, openPanel }) => {
  const { origin } = await serve(['serve', 'serve']);
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await page.goto(origin);
  await page.evaluate(EVENT_SOURCE);
  await lookAt(devtools, 'lost', 1);
  await panel.press('t');
  const table = await panel.text('[data-sheet="lane-table"]');
  expect(table).toContain('3 messages never came (event IDs 7–9)');
  await panel.click('[data-sheet="lane-table"] button');
  await panel.until(`document.querySelector('[data-sheet="lane-table"]') === null`);
});
