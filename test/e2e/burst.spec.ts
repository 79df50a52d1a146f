import { formatCountOf } from '../../src/core/format.ts';
import { computeNotSeen } from '../../src/core/not-seen.ts';
import { expectSessionToMatch } from './compare-with-log.ts';
import { expect, sessionIn, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';

const BURST = 10_000;

test('a burst of 10,000 messages loses none, and the panel answers meanwhile', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=burst`);
  await devtools.panel.click('[data-channel="1"]');
  await devtools.panel.until(`document.querySelector('[data-message-list]')?.dataset.rows > 100`);
  await devtools.panel.click('[data-message-list]');
  await devtools.panel.until(`document.querySelector('[data-row][aria-selected="true"]') !== null`);
  await devtools.panel.click('[data-tab="Numbers"]');
  await devtools.panel.until(`document.querySelector('.numbers') !== null`);
  await untilMessages(devtools, BURST + SUBSCRIPTION);
  const session = await sessionIn(devtools);
  expectSessionToMatch(session, lab.log);
  expect(session.dropped.received.messages).toBe(0);
});

test('a panel that opens after a burst has every message, and the payloads of the latest', async ({
  lab,
  page,
  openPanel,
}) => {
  await page.goto(`${lab.origin}/watch?scenario=burst`);
  await lab.log.until((log) =>
    log.connections().some(({ id }) => log.messagesOf(id).length >= BURST),
  );
  await page.waitForFunction(
    (count) => Number(document.querySelector('.lane')?.getAttribute('data-received')) >= count,
    BURST,
  );
  const devtools = await openPanel(page);
  await untilMessages(devtools, BURST + SUBSCRIPTION);
  const session = await sessionIn(devtools);
  expectSessionToMatch(session, lab.log);
  const { evicted, whole } = session.messages.payloadStates;
  expect(whole).toBe(2_000);
  expect(computeNotSeen(session).map(({ what }) => what)).toContain(
    formatCountOf(evicted, 'payload'),
  );
  await devtools.panel.click('[data-notices] summary');
  expect(await devtools.panel.text('[data-notices]')).toContain('bounded history');
});
