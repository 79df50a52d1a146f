import type { LabBrowser } from '../../src/lab/browser/launch.ts';
import { connectCdp } from '../../src/lab/browser/cdp.ts';
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

/** As the browser does when the worker was idle for 30 s. */
async function stopHub(browser: LabBrowser): Promise<void> {
  const version = await fetch(`http://127.0.0.1:${browser.debuggingPort}/json/version`);
  const { webSocketDebuggerUrl } = (await version.json()) as { webSocketDebuggerUrl: string };
  const root = await connectCdp(webSocketDebuggerUrl);
  const { targetInfos } = await root.send<{
    targetInfos: { targetId: string; type: string; url: string }[];
  }>('Target.getTargets');
  const hub = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.includes(browser.extensionId),
  );
  expect(hub, 'a running hub').toBeDefined();
  await root.send('Target.closeTarget', { targetId: hub?.targetId });
  root.close();
}
