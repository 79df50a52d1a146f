import { countMessages, expectSessionToMatch } from './compare-with-log.ts';
import { expect, sessionIn, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';
import { createLab } from '../../src/lab/server.ts';

test('two tabs with two panels see each their own messages only', async ({
  lab,
  labBrowser,
  page,
  openPanel,
}) => {
  const otherLab = await createLab();
  try {
    const other = await labBrowser.context.newPage();
    const [panel, otherPanel] = [await openPanel(page), await openPanel(other)];
    const scenario = 'watch?scenario=side-by-side&rate=100&count=200';
    await Promise.all([
      page.goto(`${lab.origin}/${scenario}`),
      other.goto(`${otherLab.origin}/${scenario}`),
    ]);
    for (const [devtools, server] of [
      [panel, lab],
      [otherPanel, otherLab],
    ] as const) {
      await untilMessages(devtools, 400 + SUBSCRIPTION);
      const session = await sessionIn(devtools);
      expectSessionToMatch(session, server.log);
      expect(session.messages.length).toBe(countMessages(server.log));
      expect(session.channels).toHaveLength(2);
    }
  } finally {
    await otherLab.close();
  }
});
