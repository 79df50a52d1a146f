import { expect, sessionIn, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';

test('a navigation begins a new session, a pushState does not', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=50&count=20`);
  await untilMessages(devtools, 20 + SUBSCRIPTION);
  await page.evaluate(() => {
    history.pushState({}, '', '/watch?scenario=elsewhere');
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(await devtools.panel.text('[data-count="channels"]')).toBe('1 channel');

  await page.goto(`${lab.origin}/watch?scenario=eventsource-steady&rate=50&count=20`);
  await devtools.panel.until(
    `document.querySelector('[data-channel]')?.innerText.includes('/sse/feed')`,
  );
  await untilMessages(devtools, 20);
  const session = await sessionIn(devtools);
  expect(session.channels.map(({ transport }) => transport)).toEqual(['eventsource']);
  expect(session.header.url).toContain('eventsource-steady');
});

test('with “Preserve log” a navigation goes on with the session, and ends what it ended', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await devtools.panel.click('[data-action="preserve"]');
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=50&count=20`);
  await untilMessages(devtools, 20 + SUBSCRIPTION);
  await page.goto(`${lab.origin}/watch?scenario=eventsource-steady&rate=50&count=20`);
  await untilMessages(devtools, 20 + SUBSCRIPTION + 20);
  const session = await sessionIn(devtools);
  expect(session.channels.map(({ transport }) => transport)).toEqual(['websocket', 'eventsource']);
  const [first] = session.channels[0]?.connections ?? [];
  expect(first).toMatchObject({ state: 'closed', endedBy: 'navigation' });
});

test('what a page sends in its last moment is in the session', async ({ lab, page, openPanel }) => {
  const devtools = await openPanel(page);
  await devtools.panel.click('[data-action="preserve"]');
  await page.goto(`${lab.origin}/zoo`);
  await page.waitForFunction(() => document.documentElement.dataset['state'] === 'done');
  await page.evaluate((origin) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/sink?name=last-words`);
    window.addEventListener('pagehide', () => {
      socket.send('goodbye');
    });
    return new Promise((resolve) => {
      socket.onopen = resolve;
    });
  }, lab.origin);
  await page.goto(`${lab.origin}/`);
  await devtools.panel.until(
    `[...document.querySelectorAll('[data-channel]')].some((row) => row.innerText.includes('/ws/sink') && row.dataset.state === 'closed')`,
  );
  const session = await sessionIn(devtools);
  const sent = [...session.facts()].filter(
    (fact) => fact.kind === 'message' && fact.payload === 'goodbye',
  );
  expect(sent).toHaveLength(1);
});

test('pausing stops the session and recording brings what happened meanwhile, marked', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=100&count=400`);
  await untilMessages(devtools, 50);
  await devtools.panel.click('[data-action="record"]');
  await devtools.panel.until(
    `document.querySelector('[data-action="record"]').getAttribute('aria-pressed') === 'false'`,
  );
  const paused = (await sessionIn(devtools)).messages.length;
  await lab.log.until((log) => log.messagesOf(log.connections()[0]?.id ?? 0).length >= 400);
  expect((await sessionIn(devtools)).messages.length).toBe(paused);
  await devtools.panel.click('[data-action="record"]');
  await untilMessages(devtools, 400 + SUBSCRIPTION);
  const session = await sessionIn(devtools);
  const early = [...session.facts()].filter((fact) => fact.kind === 'message' && fact.early);
  expect(early.length).toBeGreaterThan(0);
  expect(session.connections.size).toBe(1);
});

test('clearing begins anew with the connections that are alive', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=side-by-side&rate=50&count=100000`);
  await untilMessages(devtools, 60);
  await devtools.panel.click('[data-action="clear"]');
  await untilMessages(devtools, 60);
  const session = await sessionIn(devtools);
  expect(session.channels.map(({ endpoint }) => endpoint).sort()).toHaveLength(2);
  for (const channel of session.channels) {
    expect(channel.connections[0]).toMatchObject({ state: 'open', early: true });
    expect(channel.dropped.received.messages).toBe(0);
  }
});
