import type { Page } from 'playwright';
import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { bundlePage } from '../third-party/stage/bundle.ts';
import { serveSocketIo } from '../third-party/scenarios/socket-io/server.ts';
import { startStageServer } from '../third-party/wire/stage-server.ts';
import { expect, sessionIn, test } from './fixtures.ts';

/** What the page tells of itself, in the order in which it happened. */
declare global {
  var told: string[];
  var say: (text: string) => void;
}

async function openDrill({ panel }: DevTools): Promise<void> {
  await panel.click('[data-channel]');
  await panel.click('[data-tab="Drill"]');
  await panel.click('[data-action="begin-drill"]');
  await panel.until(`document.querySelector('[data-drill-banner]') !== null`);
}

/** Fills the fields of an action, and does it. */
async function act(
  { panel }: DevTools,
  name: string,
  values: readonly (string | number)[] = [],
): Promise<void> {
  const steps = await panel.evaluate<number>(
    `document.querySelectorAll('[data-drill-log] li').length`,
  );
  await panel.evaluate(`(() => {
    const form = document.querySelector('[data-drill-action="${name}"]').closest('form');
    const fields = form.querySelectorAll('input:not([type=checkbox]), textarea');
    ${JSON.stringify(values)}.forEach((value, index) => {
      fields[index].value = value;
      fields[index].dispatchEvent(new Event('input', { bubbles: true }));
    });
  })()`);
  await panel.click(`[data-drill-action="${name}"]`);
  await panel.until(`document.querySelectorAll('[data-drill-log] li').length > ${steps}`);
}

async function turnOff({ panel }: DevTools): Promise<void> {
  await panel.click('[data-action="end-drill"]');
  await panel.until(`document.querySelector('[data-drill-banner]') === null`);
}

/** Waits until the page has told something so many times, and takes all that it told. */
async function toldUntil(page: Page, text: string, times = 1): Promise<string[]> {
  await page.waitForFunction(
    ([wanted, count]) => told.filter((line) => line === wanted).length >= count,
    [text, times] as const,
  );
  return page.evaluate(() => told.splice(0));
}

test('a WebSocket is dropped, closed, refused, held, withheld, sent and injected', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const isBefore = await page.evaluateHandle(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, never called
    const find = () => Object.getOwnPropertyDescriptor(WebSocket.prototype, 'readyState')?.get;
    const before = find();
    return () => find() === before;
  });
  await page.evaluate((origin) => {
    globalThis.told = [];
    function connect(): void {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/echo`);
      socket.onopen = () => told.push(`open ${socket.readyState}`);
      socket.onmessage = ({ data }) => told.push(`message ${String(data)}`);
      socket.onerror = () => told.push(`error ${socket.readyState}`);
      socket.onclose = ({ code, reason, wasClean }) => {
        told.push(`close ${code} ${reason} ${wasClean} ${socket.readyState}`);
        setTimeout(connect, 100);
      };
      globalThis.say = (text) => {
        socket.send(text);
      };
    }
    connect();
  }, lab.origin);
  expect(await toldUntil(page, 'open 1')).toEqual(['open 1']);
  expect(await isBefore.evaluate((is) => is())).toBe(true);
  await openDrill(devtools);

  await act(devtools, 'drop');
  expect(await toldUntil(page, 'open 1')).toEqual(['error 3', 'close 1006  false 3', 'open 1']);
  await lab.log.until((log) => log.connections()[0]?.endedBy === 'page');

  await act(devtools, 'close', [4001, 'go away']);
  expect(await toldUntil(page, 'open 1')).toEqual(['close 4001 go away true 3', 'open 1']);

  await act(devtools, 'refuse', [2]);
  await act(devtools, 'drop');
  const failed = ['error 3', 'close 1006  false 3'];
  expect(await toldUntil(page, 'open 1')).toEqual([...failed, ...failed, ...failed, 'open 1']);

  await act(devtools, 'send', ['by us']);
  expect(await toldUntil(page, 'message by us')).toEqual(['message by us']);
  await act(devtools, 'inject', ['planted']);
  expect(await toldUntil(page, 'message planted')).toEqual(['message planted']);

  await act(devtools, 'hold', [400]);
  const waited = await page.evaluate(async () => {
    const from = performance.now();
    say('late');
    say('later');
    while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now() - from;
  });
  expect(waited).toBeGreaterThanOrEqual(399);
  expect(await toldUntil(page, 'message later')).toEqual(['message late', 'message later']);
  await act(devtools, 'hold', [0]);

  await act(devtools, 'lose', [100]);
  await page.evaluate(() => {
    say('gone');
  });
  const last = lab.log.connections().at(-1)?.id ?? 0;
  await lab.log.until((log) => log.messagesOf(last).at(-1)?.payload === 'gone');
  await act(devtools, 'lose', [0]);
  await page.evaluate(() => {
    say('kept');
  });
  expect(await toldUntil(page, 'message kept')).toEqual(['message kept']);

  await turnOff(devtools);
  expect(await isBefore.evaluate((is) => is())).toBe(true);
  await page.evaluate(() => {
    say('bare');
  });
  expect(await toldUntil(page, 'message bare')).toEqual(['message bare']);
  expect(await devtools.panel.text('[data-drill-score]')).toContain('Recovered');

  const session = await sessionIn(devtools);
  expect(session.channels).toHaveLength(1);
  const [drill] = session.drills;
  expect(drill).toMatchObject({ seed: 1, withheld: 1 });
  expect(drill?.endedAt).toBeGreaterThan(0);
  expect(drill?.steps.map(({ step }) => step)).toEqual(
    'drop close refuse drop refused refused send inject hold hold lose lose'.split(' '),
  );
  expect([...session.connections.values()].map(({ drilled }) => drilled)).toEqual([
    'drop',
    'close',
    'drop',
    'refused',
    'refused',
    undefined,
  ]);
  const closes = [...session.connections.values()].map(({ closeCode, endedBy }) => [
    closeCode,
    endedBy,
  ]);
  expect(closes.slice(0, 5)).toEqual([
    [1006, 'network'],
    [4001, 'server'],
    [1006, 'network'],
    [1006, 'unknown'],
    [1006, 'unknown'],
  ]);
});

test('an EventSource is dropped and comes back, while its server sees nothing', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate((origin) => {
    globalThis.told = [];
    const source = new EventSource(`${origin}/sse/feed?rate=50&count=100000`);
    source.onopen = () => told.push(`open ${source.readyState}`);
    source.onerror = () => told.push(`error ${source.readyState}`);
    source.onmessage = () => {
      if (told.at(-1) !== 'message') told.push('message');
    };
  }, lab.origin);
  await toldUntil(page, 'message');
  await openDrill(devtools);
  await page.evaluate(() => told.splice(0));
  await act(devtools, 'refuse', [1]);
  await act(devtools, 'drop');
  expect((await toldUntil(page, 'open 1')).filter((line) => line !== 'message')).toEqual([
    'error 0',
    'error 0',
    'open 1',
  ]);
  await toldUntil(page, 'message');
  expect(lab.log.connections()).toHaveLength(1);
  expect(lab.log.connections()[0]?.closedAt).toBeNull();
  await devtools.panel.until(`document.querySelector('[data-drill-score="recovered"]') !== null`);
  await act(devtools, 'close');
  expect((await toldUntil(page, 'error 2')).filter((line) => line !== 'message')).toEqual([
    'error 2',
  ]);
  await turnOff(devtools);
  const session = await sessionIn(devtools);
  const connections = [...session.connections.values()];
  expect(connections.map(({ drilled }) => drilled)).toEqual(['drop', 'refused', 'close']);
  expect(session.channels).toHaveLength(1);
  expect(session.drills[0]?.withheld).toBeGreaterThan(50);
});

test('a streamed fetch is refused as a network that is not there refuses', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const ask = () =>
    page.evaluate(async (origin) => {
      try {
        const response = await fetch(`${origin}/stream/feed?rate=50&count=100000`);
        void response.body?.pipeTo(new WritableStream());
        return 'streams';
      } catch (error) {
        return String(error);
      }
    }, lab.origin);
  expect(await ask()).toBe('streams');
  await openDrill(devtools);
  await act(devtools, 'refuse', [1]);
  expect(await ask()).toBe('TypeError: Failed to fetch');
  expect(await ask()).toBe('streams');
  await turnOff(devtools);
});

test('socket.io recovers from a drill, and the server says the same', async ({
  page,
  openPanel,
}) => {
  const script = await bundlePage(new URL('pages/drill-socket-io.ts', import.meta.url));
  const server = await startStageServer({ serve: (inner) => serveSocketIo(inner) }, script);
  try {
    const devtools = await openPanel(page);
    await page.goto(`${server.origin}/page`);
    const transcript = page.evaluate<[string, ...unknown[]][]>('performScenario("")');
    await devtools.panel.until(
      `document.querySelector('[data-channel]')?.innerText.includes('/socket.io')`,
    );
    await openDrill(devtools);
    await act(devtools, 'refuse', [2]);
    await act(devtools, 'drop');
    const words = (await transcript).map(([event]) => event);
    expect(words.filter((event) => event !== 'echo')).toEqual([
      'connect',
      'disconnect',
      'connect_error',
      'connect_error',
      'reconnect',
      'connect',
      'transport',
    ]);
    expect(words.filter((event) => event === 'echo')).toHaveLength(2);
    await devtools.panel.until(`document.querySelector('[data-drill-score="recovered"]') !== null`);
    await turnOff(devtools);
    const session = await sessionIn(devtools);
    const [channel, ...others] = session.channels;
    expect(others).toEqual([]);
    expect(channel?.connections.map(({ drilled }) => drilled)).toEqual([
      'drop',
      'refused',
      'refused',
      undefined,
    ]);
  } finally {
    await server.close();
  }
});
