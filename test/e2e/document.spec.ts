import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

test('a document tells that the browser is offline, from its first connection on', async ({
  lab,
  page,
  labBrowser,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const setOffline = async (isOffline: boolean) => {
    await labBrowser.context.setOffline(isOffline);
    await page.waitForFunction((off) => navigator.onLine !== off, isOffline);
  };
  await setOffline(true);
  await setOffline(false);
  await page.evaluate(
    (origin) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/feed?rate=50&count=3`);
        socket.onopen = resolve;
      }),
    lab.origin,
  );
  await setOffline(true);
  await setOffline(false);
  await page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    window.dispatchEvent(new Event('pagehide'));
  });
  await setOffline(true);
  await setOffline(false);
  await untilMessages(devtools, 3);
  await devtools.panel.until(`document.querySelector('[data-count="messages"]') !== null`);
  const facts = [...(await sessionIn(devtools)).facts()];
  const told = facts.flatMap((fact) => (fact.kind === 'online-changed' ? [fact.isOnline] : []));
  expect(told).toEqual([false, true, false, true]);
  expect(facts.findIndex(({ kind }) => kind === 'online-changed')).toBeGreaterThan(
    facts.findIndex(({ kind }) => kind === 'connection-created'),
  );
  expect(facts.map(({ kind }) => kind)).not.toContain('visibility-changed');
});
