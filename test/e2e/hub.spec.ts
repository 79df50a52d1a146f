import { stopHub } from '../../src/lab/browser/stop-hub.ts';
import { countMessages, expectSessionToMatch } from './compare-with-log.ts';
import { expect, sessionIn, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';

test('the session goes on and loses nothing when the browser stops the hub', async ({
  lab,
  labBrowser,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=side-by-side&rate=200&count=1000`);
  for (const reached of [50, 400, 900]) {
    await untilMessages(devtools, reached);
    await stopHub(labBrowser);
  }
  await untilMessages(devtools, 2_000 + SUBSCRIPTION);
  const session = await sessionIn(devtools);
  expectSessionToMatch(session, lab.log);
  expect(session.frames.size).toBe(1);
  expect(session.messages.length).toBe(countMessages(lab.log));
  expect(session.dropped.received.messages).toBe(0);
});
