import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

test('a site that is turned off is left alone without a reload, and is seen again when it is turned on', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const native = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const text = String((frame.contentWindow as unknown as { WebSocket: unknown }).WebSocket);
    frame.remove();
    return text;
  });
  const talk = (name: string) =>
    page.evaluate(
      ([origin = '', of]) =>
        new Promise<void>((resolve) => {
          const socket = new WebSocket(`${origin}/ws/feed?name=${of}&count=3&rate=100`);
          let left = 3;
          socket.onmessage = () => {
            left -= 1;
            if (left === 0) resolve();
          };
        }),
      [lab.origin.replace('http', 'ws'), name],
    );
  await page.evaluate(() => {
    Object.assign(window, { kept: WebSocket });
  });
  await talk('before');
  await untilMessages(devtools, 3);
  await devtools.panel.click('[data-action="site-off"]');
  await devtools.panel.until(`document.querySelector('[data-site-off]') !== null`);
  await page.waitForFunction(() => (window as unknown as { kept: unknown }).kept !== WebSocket);
  expect(await page.evaluate(() => String(WebSocket))).toBe(native);
  expect(await page.evaluate(() => WebSocket.prototype.constructor === WebSocket)).toBe(true);
  await talk('meanwhile');

  await devtools.panel.click('[data-action="site-on"]');
  await page.waitForFunction(() => (window as unknown as { kept: unknown }).kept === WebSocket);
  await talk('after');
  await untilMessages(devtools, 6);
  const session = await sessionIn(devtools);
  const names = [...session.connections.values()].map(({ url }) =>
    new URL(url).searchParams.get('name'),
  );
  expect(names).toContain('after');
  expect(names).not.toContain('meanwhile');

  await devtools.panel.click('[data-action="site-off"]');
  await page.reload();
  await page.waitForFunction((text) => String(WebSocket) === text, native);
  await talk('after a reload');
  await devtools.panel.click('[data-action="site-on"]');
});
