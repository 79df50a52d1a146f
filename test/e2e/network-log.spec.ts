import type { MessageFact } from '../../src/core/facts.ts';
import { sseSequence } from '../../src/lab/sse-sequence.ts';
import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

test('event types that no page listens to, and handshakes, come from the network log without doubles', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate((origin) => {
    const source = new EventSource(`${origin}/sse/sequence?unheard=1`);
    for (const type of ['note', 'empty']) source.addEventListener(type, () => undefined);
    new WebSocket(`${origin.replace('http', 'ws')}/ws/feed?name=steady&count=3&rate=20`);
  }, lab.origin);
  const truth = [...sseSequence(true)];
  await untilMessages(devtools, truth.length + 3);
  const session = await sessionIn(devtools);
  const [stream] = session.channels;
  const events = [...session.facts()].filter(
    (fact): fact is MessageFact => fact.kind === 'message' && fact.eventType !== undefined,
  );
  const byId = (a: MessageFact, b: MessageFact) => a.at - b.at;
  expect(events.sort(byId).map(({ eventType, payload }) => [eventType, payload])).toHaveLength(
    truth.length,
  );
  expect(
    events.filter(({ source }) => source === 'network-log').map(({ eventType }) => eventType),
  ).toEqual(['unheard', 'end']);
  const [first] = stream?.connections ?? [];
  expect(first?.handshake).toMatchObject({ status: 200, httpVersion: 'http/1.1' });
  expect(first?.handshake?.requestHeaders).toContainEqual(['Accept', 'text/event-stream']);
});

test('what a dedicated worker says stands in the session, from the network log', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate((origin) => {
    const code = `
      const socket = new WebSocket('${origin.replace('http', 'ws')}/ws/echo?name=worker-socket');
      socket.onopen = () => { for (let i = 0; i < 5; i += 1) socket.send('hello ' + i); };
      new EventSource('${origin}/sse/feed?name=worker-events&count=5&rate=50');`;
    new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  }, lab.origin);
  await untilMessages(devtools, 15);
  const session = await sessionIn(devtools);
  for (const name of ['worker-socket', 'worker-events']) {
    const connection = [...session.connections.values()].find(({ url }) => url.includes(name));
    expect(connection).toMatchObject({ source: 'network-log' });
    expect(session.frames.get(connection?.frame ?? 0)?.kind).toBe('worker');
    const seen = [...session.facts()].filter(
      (fact) => fact.kind === 'message' && fact.connection === connection?.id,
    ) as MessageFact[];
    const truth = lab.log.messagesOf(lab.log.connectionNamed(name)?.id ?? 0);
    expect(seen.map(({ direction, payload }) => [direction, payload]).sort()).toEqual(
      truth.map(({ direction, payload }) => [direction, payload]).sort(),
    );
  }
});

test('a service worker is named among what is not seen, when it is registered and when it controls', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const script = `${lab.origin}/lab/faults.ts`;
  const isNamed = `document.querySelector('[data-notices]')?.textContent.includes('${script}') === true`;
  await page.goto(`${lab.origin}/blank`);
  expect(await devtools.panel.evaluate(isNamed)).toBe(false);
  await page.evaluate(async (url) => {
    await navigator.serviceWorker.register(url, { type: 'module' });
  }, script);
  await devtools.panel.until(isNamed);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/lab/');
    const worker = registration?.installing ?? registration?.waiting ?? registration?.active;
    if (worker?.state === 'activated') return;
    await new Promise<void>((resolve) => {
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'activated') resolve();
      });
    });
  });
  await page.goto(`${lab.origin}/lab/controlled`);
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toBe(script);
  await devtools.panel.until(isNamed);
  await page.goto(`${lab.origin}/blank`);
  await devtools.panel.until(`!(${isNamed})`);
});
