import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

const HUGE = 100 * 1024 * 1024;

test('a message of 100 MB neither crashes nor blocks the page, and is cut with its true length', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(
    async (origin) => {
      const socket = new WebSocket(`${origin}/ws/sink?name=huge`);
      Object.assign(window, { socket });
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      socket.send('before');
    },
    lab.origin.replace('http', 'ws'),
  );
  // From here on the panel watches: a history without one would keep less of it.
  await untilMessages(devtools, 1);
  const isBuffered = await page.evaluate((size) => {
    const { socket } = window as unknown as { socket: WebSocket };
    socket.send(new Uint8Array(size).fill(7));
    socket.send('after');
    return socket.bufferedAmount > 0;
  }, HUGE);
  expect(isBuffered).toBe(true);
  await untilMessages(devtools, 3);
  const session = await sessionIn(devtools);
  const [, huge, after] = [...session.facts()].filter((fact) => fact.kind === 'message');
  expect(huge).toMatchObject({ byteLength: HUGE, payloadState: 'cut', direction: 'sent' });
  expect(huge?.payload?.length).toBeLessThan(HUGE);
  expect(after).toMatchObject({ payload: 'after', payloadState: 'whole' });
});
