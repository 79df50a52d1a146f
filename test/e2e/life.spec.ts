import { openDevTools } from '../../src/lab/browser/devtools.ts';
import { launchBrowser } from '../../src/lab/browser/launch.ts';
import { expectSessionToMatch } from './compare-with-log.ts';
import { expect, sessionIn, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';

test('DevTools closed and opened again shows the whole session', async ({
  lab,
  page,
  openPanel,
}) => {
  const first = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=side-by-side&rate=100&count=100`);
  await untilMessages(first, 20);
  await first.close();
  await lab.log.until((log) =>
    log.connections().every(({ id }) => log.messagesOf(id).length >= 100),
  );
  const second = await openPanel(page);
  await untilMessages(second, 200 + SUBSCRIPTION);
  expectSessionToMatch(await sessionIn(second), lab.log);
});

test('an extension that is reloaded leaves the pages that it was in as they were', async ({
  lab,
  labBrowser,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const talk = () =>
    page.evaluate(
      (origin) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`${origin}/ws/echo`);
          socket.onopen = () => {
            socket.send('still here');
          };
          socket.onmessage = ({ data }) => {
            resolve(String(data));
          };
        }),
      lab.origin.replace('http', 'ws'),
    );
  await page.evaluate(() => {
    Object.assign(window, { kept: WebSocket });
  });
  expect(await talk()).toBe('still here');
  await untilMessages(devtools, 2);
  const [hub] = labBrowser.context.serviceWorkers();
  await hub
    ?.evaluate(() => {
      (
        globalThis as unknown as { chrome: { runtime: { reload: () => void } } }
      ).chrome.runtime.reload();
    })
    .catch(() => undefined);
  await page.waitForFunction(() => (window as unknown as { kept: unknown }).kept !== WebSocket);
  expect(await page.evaluate(() => String(WebSocket))).toBe(
    'function WebSocket() { [native code] }',
  );
  expect(await talk()).toBe('still here');
});

test('a page that comes back from the back/forward cache goes on in the session', async ({
  lab,
}) => {
  const browser = await launchBrowser({
    executablePath: process.env['WIRESCOPE_BROWSER'] ?? '',
    extension: new URL('../../dist/chromium', import.meta.url).pathname,
    headless: true,
    keepsPages: true,
  });
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    const devtools = await openDevTools(browser, page);
    await devtools.panel.click('[data-action="preserve"]');
    await page.goto(`${lab.origin}/blank`);
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => {
        document.documentElement.dataset['persisted'] = String(persisted);
      });
    });
    const poll = (name: string) =>
      page.evaluate(
        ([origin, of]) =>
          new Promise<void>((resolve) => {
            const source = new EventSource(`${origin}/sse/feed?name=${of}&count=3&rate=200`);
            let left = 3;
            source.onmessage = () => {
              left -= 1;
              if (left > 0) return;
              source.close();
              resolve();
            };
          }),
        [lab.origin, name],
      );
    await poll('before');
    await untilMessages(devtools, 3);
    await page.goto(`${lab.origin}/`);
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => document.documentElement.dataset['persisted'] === 'true');
    await poll('after');
    await untilMessages(devtools, 6);
    const session = await sessionIn(devtools);
    const names = [...session.connections.values()].map(({ url }) =>
      new URL(url).searchParams.get('name'),
    );
    expect(names).toEqual(['before', 'after']);
  } finally {
    await browser.close();
  }
});
