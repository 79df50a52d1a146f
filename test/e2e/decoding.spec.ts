import { sessionOf } from '../builders/fixture-session.ts';
import { aSession } from '../builders/session.ts';
import { readFixture } from '../protocols/fixture.ts';
import { expect, test } from './fixtures.ts';
import { openSession, selectRow, textOf } from './open-session.ts';

test('Socket.IO is read layer by layer, attachments are put together, and raw is one key away', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  const fixture = readFixture('socket.io');
  await openSession(devtools, 'socket', sessionOf(fixture));
  await panel.until(`${textOf('[data-row="6"] [data-kind]')} === 'greet'`);

  await selectRow(devtools, 9);
  await panel.until(`${textOf('[data-layer="socket.io"]')}.includes('event “file”, 2 attached')`);
  await panel.until(`${textOf('[data-fields]')}.includes('BINARY_EVENT')`);
  await panel.until(`${textOf('[data-payload-json]')}.includes('a.bin')`);
  await panel.click('[data-layer="engine.io"]');
  await panel.until(`${textOf('[data-layer="engine.io"]')}.includes('message')`);
  await panel.until(`document.querySelector('[data-payload-json]') === null`);

  // The last attachment completes the event: the bytes stand where the placeholder was.
  await selectRow(devtools, 11);
  await panel.until(`${textOf('[data-decoded-data]')}.includes('00 01 02 ff')`);
  expect(await panel.evaluate(textOf('[data-decoded-data]'))).not.toContain('_placeholder');

  await selectRow(devtools, 9);
  await panel.press('v');
  const [, , , , , , , , , { text = '' } = {}] = fixture.messages;
  await panel.until(`${textOf('[data-payload]')}.includes(${JSON.stringify(text.slice(0, 20))})`);
  await panel.press('v');
  await panel.until(`document.querySelector('[data-decoded]') !== null`);
});

test('what changed since the message of the same kind before is shown', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  const builder = aSession().frame().websocket('wss://shop.test/live').opens();
  for (let seq = 1; seq <= 3; seq += 1) {
    builder
      .receives(JSON.stringify({ type: 'quote', seq, bid: 10 }))
      .receives(JSON.stringify({ type: 'news', title: `n${seq}` }));
  }
  await openSession(devtools, 'quotes', builder.build());
  await selectRow(devtools, 4);
  await panel.click('[data-view="changes"]');
  await panel.until(`${textOf('[data-changes]')}.includes('“quote” before it (message 3)')`);
  const changes = `[...document.querySelectorAll('[data-change]')].map((line) => line.innerText.replace(/\\s+/g, ' ').trim())`;
  expect(await panel.evaluate(changes)).toEqual(['~ seq: 2 → 3']);
});

test('hostile payloads stay text in every decoded view', async ({ page, openPanel }) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  const markup = `<img src=x onerror="globalThis.owned=1"><a href="javascript:globalThis.owned=1">x</a>`;
  const bidi = '\u202Egnp.exe\u2066';
  const builder = aSession()
    .frame()
    .websocket('wss://shop.test/socket.io/?EIO=4&transport=websocket')
    .opens()
    .receives(
      '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}',
    )
    .sends('40')
    .receives('40{"sid":"b"}')
    .receives(`42${JSON.stringify([markup, { [markup]: bidi, long: 'x'.repeat(100_000) }])}`)
    .receives(`42${JSON.stringify([bidi, markup])}`);
  await openSession(devtools, 'hostile', builder.build());
  await selectRow(devtools, 3);
  await panel.until(`document.querySelector('[data-payload-json]') !== null`);
  await selectRow(devtools, 4);
  await panel.until(`${textOf('[data-row="4"] [data-kind]')}.includes('‹U+202E›')`);
  await panel.click('[data-tab="Kinds"]');
  await panel.until(`${textOf('[data-kinds]')}.includes('onerror')`);
  const found = await panel.evaluate<{ owned: unknown; markup: number; bidi: boolean }>(`({
    owned: globalThis.owned,
    markup: document.querySelectorAll('img, a[href^="javascript"]').length,
    bidi: /[\\u202E\\u2066]/u.test(document.body.innerText),
  })`);
  expect(found).toEqual({ markup: 0, bidi: false });
});

test('the answer of a language model is put together, with its tool call and its pace', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openSession(devtools, 'model', sessionOf(readFixture('anthropic')));
  await panel.click('[data-tab="Answers"]');
  await panel.until(`${textOf('[data-answer-text]')}.includes('I will look “it” up')`);
  await panel.until(`${textOf('[data-tool-call]')}.includes('{"city": "Kyoto"}')`);
  const words = await panel.evaluate<string>(textOf('[data-answers]'));
  expect(words).toMatch(/First token\s+140 ms/u);
  expect(words).toMatch(/Output\s+42 tokens/u);
  await panel.click('[data-channel="1"] .label');
  await panel.evaluate(`[...document.querySelectorAll('[data-answers] .link')].at(-1).click()`);
  await panel.until(`document.querySelector('[data-row][aria-selected="true"]') !== null`);
});
