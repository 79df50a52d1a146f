import { aSession } from '../builders/session.ts';
import { expect, test } from './fixtures.ts';
import { openSession } from './open-session.ts';

const findings = `(document.querySelector('[data-stream-findings]')?.innerText ?? '')`;

test('findings about an event stream stand with its connection, and lead to what proves them', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  const builder = aSession().frame().eventsource('https://shop.test/events').opens();
  for (let count = 0; count < 6; count += 1) {
    builder.after(200).receives(Buffer.from(`picture ${count} `.repeat(40)).toString('base64'));
  }
  builder.websocket('wss://shop.test/live').opens().receives('{"a":1}');
  await openSession(devtools, 'stream', builder.build());
  await panel.click('[data-tab="Connection"]');
  await panel.until(`document.querySelector('[data-finding="event-stream-base64"]') !== null`);
  await panel.click('[data-channel="2"] .label');
  await panel.until(`document.querySelector('[data-stream-findings]') === null`);
  await panel.click('[data-channel="1"] .label');
  await panel.until(`document.querySelector('[data-evidence-row]') !== null`);
  expect(await panel.evaluate(findings)).toContain('base64');
  await panel.click('[data-evidence-row]');
  await panel.until(`document.querySelector('[data-row][aria-selected="true"]') !== null`);
});
