import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAfter } from '../../src/lab/browser/export-trace.ts';
import { sessionOf } from '../builders/fixture-session.ts';
import { readFixture } from '../protocols/fixture.ts';
import { expect, test as base } from './fixtures.ts';
import { openSession } from './open-session.ts';
import { type AnswerServer, serveAnswers, type Wanted } from './serve-answers.ts';

const test = base.extend<{ answers: AnswerServer }>({
  // Playwright reads the fixtures that a test wants from this pattern; this one wants none.
  // eslint-disable-next-line no-empty-pattern
  answers: async ({}, use) => {
    const server = await serveAnswers();
    await use(server);
    await server.close();
  },
});

/** Asks all at once, and tells by the page's own clock how long each answer took. */
const ASK = `async (url, wanted) => {
  const socket = new WebSocket(url);
  await new Promise((resolve) => { socket.onopen = resolve; });
  const asked = new Map();
  const took = {};
  const expected = wanted.filter(({ after }) => after !== null).length;
  const done = new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      const { requestId } = JSON.parse(data);
      took[requestId] = performance.now() - asked.get(requestId);
      if (Object.keys(took).length === expected) resolve();
    };
  });
  for (const each of wanted) {
    asked.set(each.requestId, performance.now());
    socket.send(JSON.stringify(each));
  }
  await done;
  globalThis.kept = socket;
  return took;
}`;

/** How far apart two clocks of one page may be, which look at the same event one after the other. */
const TOLERANCE = 15;

test('the latencies of live requests are those that the page itself measures', async ({
  lab,
  answers,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await page.goto(lab.origin);
  const wanted: Wanted[] = [300, 40, 120, 700, 200, null, 90].map((after, index) => ({
    type: after === null ? 'lost' : 'getQuote',
    requestId: `r-${index}`,
    after,
  }));
  const took = await page.evaluate<Record<string, number>>(
    `(${ASK})(${JSON.stringify(answers.url)}, ${JSON.stringify(wanted)})`,
  );
  await panel.click('[data-channel="1"] .label');
  await panel.click('[data-tab="Pairs"]');
  await panel.until(
    `document.querySelector('[data-pair-totals]')?.innerText.startsWith('7 requests: 6 answered, 1 without')`,
  );
  expect(await panel.evaluate(`document.querySelector('[data-basis]').dataset.basis`)).toBe(
    'found ids',
  );
  const sorted = Object.values(took).sort((a, b) => a - b);
  // The third of six: nearest rank.
  const p50 = Number(
    await panel.evaluate<string>(
      `document.querySelector('[data-pair-kind="getQuote"] [data-p50]').dataset.p50`,
    ),
  );
  expect(Math.abs(p50 - (sorted[2] ?? 0))).toBeLessThanOrEqual(TOLERANCE);
  expect(p50).toBeGreaterThanOrEqual(120 - TOLERANCE);
  const dots = (outcome: string) =>
    `document.querySelectorAll('[data-latencies] [data-outcome="${outcome}"]').length`;
  await panel.until(`${dots('answered')} === 6 && ${dots('open')} === 1`);
  expect(await panel.text('[data-pair-kind="lost"]')).toContain('△ 1');
});

test('a dot, a request and an answer lead to their messages, and the lane shows the way', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openSession(devtools, 'socket', sessionOf(readFixture('socket.io')));
  await panel.click('[data-tab="Pairs"]');
  await panel.until(
    `document.querySelector('[data-pair-totals]')?.innerText === '3 requests: 3 answered'`,
  );
  expect(await panel.text('[data-basis="protocol"]')).toContain('The protocol itself');
  const selected = `document.querySelector('[data-row][aria-selected="true"]')?.dataset.row`;
  /** Pixels of the first lane that are drawn in the colour of the pair's line. */
  const way = `(() => {
    const canvas = document.querySelector('[data-channel="1"] canvas');
    const { width, height } = canvas;
    const probe = document.createElement('canvas').getContext('2d');
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--accent');
    probe.fillRect(0, 0, 1, 1);
    const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
    const upper = canvas.getContext('2d').getImageData(0, 0, width, Math.round(height * 0.2)).data;
    let count = 0;
    for (let at = 0; at < upper.length; at += 4) {
      if (upper[at] === r && upper[at + 1] === g && upper[at + 2] === b && upper[at + 3] === 255) count += 1;
    }
    return count;
  })()`;
  expect(await panel.evaluate<number>(way)).toBe(0);

  await panel.click('[data-latencies] g[data-outcome="answered"]');
  await panel.until(`${selected} === '12'`);
  await panel.until(`${way} > 10`);
  await panel.click('[data-tab="Pairs"]');
  await panel.click('[data-pair="12"] [data-action="show-answer"]');
  await panel.until(`${selected} === '19'`);
  await panel.until(`${way} > 10`);
  await panel.click('[data-row="7"]');
  await panel.until(`${way} === 0`);
});

test('the picture of the latencies is saved', async ({ page, openPanel }) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openSession(devtools, 'socket', sessionOf(readFixture('socket.io')));
  await panel.click('[data-tab="Pairs"]');
  await panel.until(`document.querySelector('[data-latencies]') !== null`);
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-picture-'));
  try {
    const svg = await downloadAfter(devtools, folder, () =>
      panel.click('[data-action="save-svg"]'),
    );
    const text = await readFile(svg, 'utf8');
    expect(text).toContain('3 requests: 3 answered');
    const png = await downloadAfter(devtools, folder, () =>
      panel.click('[data-action="save-png"]'),
    );
    expect((await readFile(png)).subarray(1, 4).toString()).toBe('PNG');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
