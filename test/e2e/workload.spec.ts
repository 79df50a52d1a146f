import type { Page } from 'playwright';
import { type ComputedCost, computedCost, offBy } from '../../src/lab/cli/computed-cost.ts';
import { renderCosts } from '../../src/lab/cli/cost-table.ts';
import { recordedRun } from '../../src/lab/cli/recorded-run.ts';
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
    expect([transport, connections >= 2]).toEqual([transport, true]);
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

/** Opens so many event streams to one lane and answers how many open; those that do not are waiting for their turn. */
async function streamsThatOpen(page: Page, origin: string, wanted: number) {
  await page.goto(`${origin}/workload`);
  return page.evaluate(
    async ({ query, wanted }) => {
      const begun = await fetch(`/workload/runs?${query}`, { method: 'POST' });
      const { lanes } = (await begun.json()) as { lanes: { origin: string }[] };
      const url = `${lanes[0]?.origin}/eventsource`;
      const streams = Array.from({ length: wanted }, () => new EventSource(url));
      const opened = streams.map((each) => new Promise((done) => (each.onopen = done)));
      const [first] = streams;
      const last = streams.at(-1);
      // All but the last one surely open; whether the last one does is asked when one more round trip is over.
      await Promise.all(opened.slice(0, 6));
      await fetch('/blank');
      const states = streams.map(({ readyState }) => readyState);
      first?.close();
      await opened.at(-1);
      const lastInTheEnd = last?.readyState;
      for (const each of streams) each.close();
      return { open: states.filter((state) => state === 1).length, lastInTheEnd };
    },
    { query: 'transports=eventsource', wanted },
  );
}

test('a seventh event stream waits over HTTP/1.1 until another one is closed', async ({
  lab,
  page,
}) => {
  expect(await streamsThatOpen(page, lab.origin, 7)).toEqual({ open: 6, lastInTheEnd: 1 });
});

test('over HTTP/2 thirty event streams are open at once', async ({ lab, page }) => {
  await page.goto(`${lab.origin}/workload`);
  const open = await page.evaluate(async () => {
    const begun = await fetch('/workload/runs?transports=eventsource&http=2', { method: 'POST' });
    const { lanes } = (await begun.json()) as { lanes: { origin: string }[] };
    const streams = Array.from(
      { length: 30 },
      () => new EventSource(`${lanes[0]?.origin}/eventsource`),
    );
    await Promise.all(streams.map((each) => new Promise((done) => (each.onopen = done))));
    const states = streams.filter(({ readyState }) => readyState === 1);
    for (const each of streams) each.close();
    return states.length;
  });
  expect(open).toBe(30);
});

test('the form says what is wrong with a plan', async ({ lab, page }) => {
  await page.goto(`${lab.origin}/workload`);
  await page.locator('details').first().locator('summary').click();
  await page.locator('input[name="rate"]').fill('-3');
  await page.locator('input[name="rate"]').press('Enter');
  await expect(page.locator('#status')).toContainText('rate must be a number');
});

test.describe('what the recording says that it cost', () => {
  for (const http of ['1.1', '2']) {
    test(`is what the sockets counted, over HTTP/${http}`, async ({ lab, page, openPanel }) => {
      const devtools = await openPanel(page);
      const query = `workload=ticker&seconds=5&interval=500&http=${http}`;
      const result = await run(page, lab.origin, query);
      expectWhole(result, 50);
      const session = await recordedRun(devtools, result, undefined);
      const costs = new Map<string, ComputedCost>();
      for (const lane of result.lanes) {
        const cost = computedCost(session, lane);
        if (cost !== undefined) costs.set(lane.transport, cost);
      }
      const table = renderCosts(result.plan, [{ result, costs: Object.fromEntries(costs) }]);
      console.log(`\nticker over HTTP/${http}\n${table.join('\n')}`);

      expect([...costs.keys()]).toEqual(ALL);
      for (const [transport, cost] of costs) {
        // A page that stalls asks late, and then its first polls are no evidence yet: they are not in the recording.
        const isWhole = cost.computed.requests === cost.counted.requests;
        expect([transport, isWhole || transport.endsWith('polling')]).toEqual([transport, true]);
        if (!isWhole) continue;
        expect([transport, Math.abs(offBy('framing', cost) ?? 1) <= 0.02]).toEqual([
          transport,
          true,
        ]);
        if (http === '2') continue;
        expect([transport, Math.abs(offBy('headers', cost) ?? 1) <= 0.02]).toEqual([
          transport,
          true,
        ]);
        expect([transport, Math.abs(offBy('total', cost) ?? 1) <= 0.005]).toEqual([
          transport,
          true,
        ]);
      }
    });
  }
});
