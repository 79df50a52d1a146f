import { expectSessionToMatch } from './compare-with-log.ts';
import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

const isDone = () => document.documentElement.dataset['state'] === 'done';
/** In each of five frames: 3 sockets that send and get back 14 messages, 2 streams of 9 events. */
const MESSAGES = 5 * (3 * 2 * 14 + 2 * 9);

test('a panel that is open sees every message of every frame, from their first inline scripts on', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/frames-first`);
  await page.waitForFunction(isDone);
  await untilMessages(devtools, MESSAGES);
  const session = await sessionIn(devtools);

  expect([...session.frames.values()].map(({ kind }) => kind).sort()).toEqual([
    'iframe',
    'iframe',
    'iframe',
    'iframe',
    'top',
  ]);
  expect(session.connections.size).toBe(25);
  expectSessionToMatch(session, lab.log);
  expect(session.messages.length).toBe(MESSAGES);
  expect([...session.facts()].filter((fact) => 'early' in fact)).toEqual([]);
});

test('a panel that opens late shows what came before it, and marks it', async ({
  lab,
  page,
  openPanel,
}) => {
  await page.goto(`${lab.origin}/frames-first`);
  await page.waitForFunction(isDone);
  const devtools = await openPanel(page);
  await untilMessages(devtools, MESSAGES);
  const session = await sessionIn(devtools);

  expectSessionToMatch(session, lab.log);
  const created = [...session.facts()].filter(
    (fact) => fact.kind === 'connection-created' || fact.kind === 'message',
  );
  expect(created.every((fact) => fact.early === true)).toBe(true);
  expect(await devtools.panel.text('[data-channel="1"]')).toContain('earlier');
});
