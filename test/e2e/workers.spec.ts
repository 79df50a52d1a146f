import type { Page } from 'playwright';
import type { FrameKind, MessageFact } from '../../src/core/facts.ts';
import type { Session } from '../../src/core/session.ts';
import type { DevTools } from '../../src/lab/browser/devtools.ts';
import type { LabLog } from '../../src/lab/lab-log.ts';
import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

test.use({ target: 'chromium-workers' });

const SCRIPT = '/lab/pages/talking-worker.ts';
/** An echo of two, five events, five lines. */
const MESSAGES = 4 + 5 + 5;

const STARTS: Record<'shared-worker' | 'service-worker', (page: Page) => Promise<void>> = {
  'shared-worker': (page) =>
    page.evaluate((script) => {
      const { port } = new SharedWorker(script, { type: 'module' });
      document.addEventListener('go', () => {
        port.postMessage('talk');
      });
    }, SCRIPT),
  'service-worker': (page) =>
    page.evaluate(async (script) => {
      const registration = await navigator.serviceWorker.register(script, { type: 'module' });
      const worker = registration.installing ?? registration.waiting ?? registration.active;
      document.addEventListener('go', () => {
        worker?.postMessage('talk');
      });
    }, SCRIPT),
};

for (const kind of ['shared-worker', 'service-worker'] as const) {
  test(`a ${kind} is watched when the user asks for it, and says what the server’s log says`, async ({
    lab,
    page,
    openPanel,
  }) => {
    const devtools = await openPanel(page);
    await page.goto(`${lab.origin}/blank`);
    await watchWorkers(devtools);
    await STARTS[kind](page);
    await devtools.panel.until(
      `document.querySelector('[data-notices]')?.textContent.includes('${SCRIPT}')`,
    );
    await page.evaluate(() => document.dispatchEvent(new Event('go')));
    await untilMessages(devtools, MESSAGES);
    const session = await sessionIn(devtools);
    const { host } = new URL(lab.origin);
    const told = session.channels.map(
      ({ transport, endpoint }) => `${transport} ${endpoint.replace(`://${host}`, '')}`,
    );
    expect(told.sort()).toEqual([
      'eventsource http/sse/feed',
      'fetch-stream http/stream/feed',
      'websocket ws/ws/echo',
    ]);
    for (const name of ['talk-socket', 'talk-events', 'talk-lines']) {
      expectAsLogged(session, lab.log, name, kind);
    }
    const socket = connectionNamed(session, 'talk-socket');
    expect(socket?.handshake).toMatchObject({ status: 101 });
    expect(socket?.initiator).toContain(SCRIPT);
  });
}

test('workers are not watched unless the user asks, and no longer when the user stops it', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await STARTS['shared-worker'](page);
  await page.evaluate(() => document.dispatchEvent(new Event('go')));
  await lab.log.until((log) => log.connectionNamed('talk-events')?.closedAt !== null);
  await watchWorkers(devtools);
  await devtools.panel.until(
    `document.querySelector('[data-notices]')?.textContent.includes('${SCRIPT}')`,
  );
  // What is older than the debugger has no address, but its messages are here from now on.
  await page.evaluate(() => document.dispatchEvent(new Event('go')));
  await untilMessages(devtools, MESSAGES);
  await devtools.panel.click('[data-notices] summary');
  await devtools.panel.click('[data-action="mend"]');
  await devtools.panel.until(
    `!document.querySelector('[data-notices]')?.textContent.includes('${SCRIPT}')`,
  );
  const { length: before } = (await sessionIn(devtools)).channels;
  await page.evaluate(() => document.dispatchEvent(new Event('go')));
  await lab.log.until(
    (log) => log.connections().filter(({ name }) => name === 'talk-lines').length === 3,
  );
  expect((await sessionIn(devtools)).channels).toHaveLength(before);
});

async function watchWorkers({ panel }: DevTools): Promise<void> {
  await panel.click('[data-notices] summary');
  await panel.click('[data-action="mend"]');
}

function connectionNamed(session: Session, name: string) {
  return [...session.connections.values()].find(({ url }) => url.includes(`name=${name}`));
}

function expectAsLogged(session: Session, log: LabLog, name: string, kind: FrameKind): void {
  const connection = connectionNamed(session, name);
  expect(connection).toMatchObject({ source: 'network-log' });
  expect(session.frames.get(connection?.frame ?? 0)?.kind).toBe(kind);
  const seen = [...session.facts()].filter(
    (fact): fact is MessageFact => fact.kind === 'message' && fact.connection === connection?.id,
  );
  const truth = log.messagesOf(log.connectionNamed(name)?.id ?? 0);
  const told = ({ direction, payload }: Pick<MessageFact, 'direction' | 'payload'>) =>
    `${direction} ${Buffer.from(payload ?? '').toString('hex')}`;
  expect(seen.map(told).sort()).toEqual(truth.map(told).sort());
}
