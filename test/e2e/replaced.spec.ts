import { expect, test, untilMessages } from './fixtures.ts';

const NOTICE = '[data-notices]';
const REPLACED = `document.querySelector('${NOTICE}')?.textContent.includes('a WebSocket of its own')`;

test('a page with a WebSocket of its own is told apart from one that wraps the browser’s', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const ws = lab.origin.replace('http', 'ws');
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(() => {
    Object.assign(window, { Browsers: WebSocket, WebSocket: () => undefined });
  });
  // The page is looked at with each batch.
  const talk = (name: string) =>
    page.evaluate(
      ([origin = '', of]) =>
        new Promise((resolve) => {
          new EventSource(`${origin}/sse/feed?name=${of}&count=1`).onmessage = resolve;
        }).then(() => undefined),
      [lab.origin, name],
    );
  await talk('first');
  await devtools.panel.until(REPLACED);
  await devtools.panel.click(`${NOTICE} summary`);
  expect(
    await devtools.panel.evaluate(
      `[...document.querySelectorAll('${NOTICE} button')].map((button) => button.textContent.trim())`,
    ),
  ).toContain('Show the page’s WebSocket');

  await page.evaluate(
    (origin) =>
      new Promise((resolve) => {
        const scope = window as unknown as { Browsers: typeof WebSocket };
        window.WebSocket = class Wrapper extends scope.Browsers {};
        new WebSocket(`${origin}/ws/feed?count=1`).onmessage = resolve;
      }).then(() => undefined),
    ws,
  );
  await untilMessages(devtools, 2);
  await devtools.panel.until(`!(${REPLACED})`);
});

test('a panel that comes late tells of a WebSocket that the page replaced before, and not of one that it wrapped', async ({
  lab,
  page,
  openPanel,
}) => {
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(
    (origin) =>
      new Promise((resolve) => {
        window.EventSource = class Wrapper extends EventSource {};
        Object.assign(window, { WebSocket: () => undefined });
        new EventSource(`${origin}/sse/feed?count=1`).onmessage = resolve;
      }).then(() => undefined),
    lab.origin,
  );
  const devtools = await openPanel(page);
  await devtools.panel.until(REPLACED);
  await untilMessages(devtools, 1);
  expect(
    await devtools.panel.evaluate(
      `document.querySelector('${NOTICE}').textContent.includes('an EventSource of its own')`,
    ),
  ).toBe(false);
});
