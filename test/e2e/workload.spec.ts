import type { Page } from 'playwright';
import { rowOf } from '../../src/lab/workload/lane-row.ts';
import type { RunResult } from '../../src/lab/workload/run-result.ts';
import { totalOf } from '../../src/lab/workload/wire-split.ts';
import { expect, test } from './fixtures.ts';

const ALL = ['websocket', 'eventsource', 'fetch-stream', 'long-polling', 'polling'];

/** Runs a workload in the page, to its end. */
async function run(page: Page, origin: string, query: string): Promise<RunResult> {
  await page.goto(`${origin}/workload?${query}&start=1`);
  await page.waitForFunction(
    `['done', 'failed'].includes(document.documentElement.dataset.state)`,
    undefined,
    { timeout: 60_000 },
  );
  await expect(page.locator('#status')).toHaveText('Done.');
  return JSON.parse((await page.locator('#result').textContent()) ?? '') as RunResult;
}

function expectWhole({ lanes }: RunResult, messages: number): void {
  for (const lane of lanes) {
    const { messages: said, lost } = rowOf(lane);
    expect([lane.transport, said, lost]).toEqual([lane.transport, messages, 0]);
    expect(lane.wireBytes).toBe(totalOf(lane.wire.sent) + totalOf(lane.wire.received));
  }
}

test('five transports carry the same messages over HTTP/1.1', async ({ lab, page }) => {
  const result = await run(page, lab.origin, 'workload=ticker&rate=20&seconds=2&interval=300');
  expectWhole(result, 40);
  expect(result.lanes.map(({ transport, protocol }) => `${transport} ${protocol}`)).toEqual(
    ALL.map((transport) => `${transport} http/1.1`),
  );
  const [webSocket, events, , held] = result.lanes;
  // Short messages of a server: two bytes each; and what the page sends is its close.
  expect(webSocket?.wire.received).toMatchObject({ body: 40 * 96, framing: 40 * 2 + 2 });
  expect(events?.requests).toBe(1);
  expect(held?.requests).toBeGreaterThan(20);
});

test('they do over HTTP/2, WebSocket too', async ({ lab, page }) => {
  const result = await run(page, lab.origin, 'workload=game&rate=10&seconds=2&interval=300&http=2');
  expectWhole(result, 40);
  expect(result.lanes.map(({ protocol }) => protocol)).toEqual(ALL.map(() => 'h2'));
  for (const { connections } of result.lanes) expect(connections).toBe(1);
});

test('all arrives although the connection is lost again and again', async ({ lab, page }) => {
  const result = await run(
    page,
    lab.origin,
    'workload=ticker&rate=20&seconds=2&interval=300&lose=15&delay=5&jitter=10',
  );
  expectWhole(result, 40);
  for (const { transport, connections } of result.lanes) {
    expect([transport, connections >= 3]).toEqual([transport, true]);
  }
});

test('a buffering proxy delays what it thinks is a download, and leaves WebSocket alone', async ({
  lab,
  page,
}) => {
  const { lanes } = await run(
    page,
    lab.origin,
    'workload=ticker&seconds=2&transports=websocket,eventsource&buffer=100000&bufferTime=600',
  );
  const [webSocket, events] = lanes.map(rowOf);
  expect(events?.delayP95).toBeGreaterThan(300);
  expect(webSocket?.delayP50).toBeLessThan((events?.delayP50 ?? 0) / 2);
});

test('the form says what is wrong with a plan', async ({ lab, page }) => {
  await page.goto(`${lab.origin}/workload`);
  await page.locator('details').first().locator('summary').click();
  await page.locator('input[name="rate"]').fill('-3');
  await page.locator('input[name="rate"]').press('Enter');
  await expect(page.locator('#status')).toContainText('rate must be a number');
});
