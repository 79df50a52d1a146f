import { ADVICE_CASES } from '../advice/cases.ts';
import { aSession, type SessionBuilder } from '../builders/session.ts';
import { expect, test } from './fixtures.ts';
import { openSession } from './open-session.ts';

const has = (selector: string) => `document.querySelector('${selector}') !== null`;
const hasNot = (selector: string) => `document.querySelector('${selector}') === null`;

/** A stream with base64 in its events, one that is as it should be, and one whose URL holds a token. */
function story(): SessionBuilder {
  const builder = aSession().frame().eventsource('https://shop.test/events').opens();
  for (let count = 0; count < 6; count += 1) {
    builder.after(200).receives(Buffer.from(`picture ${count} `.repeat(40)).toString('base64'));
  }
  builder.websocket('wss://shop.test/live').opens().receives('{"a":1}');
  return builder.websocket('wss://shop.test/own?access_token=0123456789').opens().receives('{}');
}

test('advice stands with its channel, and leads to what proves it', async ({ page, openPanel }) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openSession(devtools, 'advice', story().build());
  await panel.click('[data-tab="Advice"]');
  await panel.until(has('[data-finding="base64-in-text"]'));
  const words = await panel.evaluate<string>(`document.querySelector('[data-advice]').innerText`);
  for (const told of ['Note', 'What to do', 'If it does not fit', 'How do we know?']) {
    expect(words).toContain(told);
  }
  await panel.click('[data-channel="2"] .label');
  await panel.until(has('[data-advice] [data-empty]'));
  expect(await panel.evaluate(`document.querySelector('[data-empty]').innerText`)).toContain(
    '1 message and 1 connection',
  );
  await panel.click('[data-channel="1"] .label');
  await panel.until(has('[data-evidence-row]'));
  await panel.click('[data-evidence-row]');
  await panel.until(has('[data-row][aria-selected="true"]'));
});

test('advice knows what messages mean', async ({ page, openPanel }) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  const twice = ADVICE_CASES['duplicate-subscriptions']?.found().build();
  if (twice !== undefined) await openSession(devtools, 'advice', twice);
  await panel.click('[data-tab="Advice"]');
  await panel.until(has('[data-finding="duplicate-subscriptions"] [data-evidence-row]'));
});

test('advice on the whole session is sorted and counted, and leads to connections and channels', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openSession(devtools, 'advice', story().build());
  await panel.click('[data-action="advice"]');
  await panel.until(has('[data-sheet="advice"] [data-finding]'));
  expect(
    await panel.evaluate(
      `[...document.querySelectorAll('[data-finding]')].map((each) => each.dataset.finding)`,
    ),
  ).toEqual(['credentials-in-url', 'base64-in-text']);
  const counts = await panel.evaluate(`document.querySelector('[data-counts]').innerText`);
  expect(counts).toMatch(/1 warning[^]*1 note/u);
  await panel.click('[data-finding="credentials-in-url"] [data-evidence-connection]');
  await panel.until(hasNot('[data-sheet="advice"]'));
  await panel.until(has('[data-tab="Connection"][aria-selected="true"]'));
  await panel.until(has('[data-connection="3"]'));
  expect(
    await panel.evaluate(`document.querySelector('[data-action="advice"]').innerText`),
  ).toMatch(/1[^]*1/u);
  await panel.click('[data-action="advice"]');
  await panel.until(has('[data-finding-channel="1"]'));
  await panel.click('[data-finding-channel="1"]');
  await panel.until(has('[data-advice] [data-finding="base64-in-text"]'));
});
