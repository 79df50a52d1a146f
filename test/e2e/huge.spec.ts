import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

const HUGE = 100 * 1024 * 1024;

test('a message of 100 MB neither crashes nor blocks the page, and is cut with its true length', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const answer = await page.evaluate(
    async ([origin, size]) => {
      const socket = new WebSocket(`${origin}/ws/sink?name=huge`);
      socket.binaryType = 'arraybuffer';
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      const data = new Uint8Array(size).fill(7);
      const begun = performance.now();
      socket.send(data);
      const took = performance.now() - begun;
      socket.send('after');
      return { took, buffered: socket.bufferedAmount > 0 };
    },
    [lab.origin.replace('http', 'ws'), HUGE] as const,
  );
  expect(answer.buffered).toBe(true);
  await untilMessages(devtools, 2);
  const session = await sessionIn(devtools);
  const [huge, after] = [...session.facts()].filter((fact) => fact.kind === 'message');
  expect(huge).toMatchObject({ byteLength: HUGE, payloadState: 'cut', direction: 'sent' });
  expect(huge?.payload?.length).toBeLessThan(HUGE);
  expect(after).toMatchObject({ payload: 'after', payloadState: 'whole' });
});
