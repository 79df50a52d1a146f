import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../src/core/session.ts';
import { shapeToJsonSchema } from '../../src/core/shape/to-json-schema.ts';
import { shapeToTypeScript } from '../../src/core/shape/to-typescript.ts';
import { readSession } from '../../src/decoders/read-session.ts';
import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { downloadAfter } from '../../src/lab/browser/export-trace.ts';
import { sessionOf } from '../builders/fixture-session.ts';
import { aSession } from '../builders/session.ts';
import { readFixture } from '../protocols/fixture.ts';
import { expect, test } from './fixtures.ts';
import { openSession } from './open-session.ts';

/** Name, direction and count of each row of the table, as they stand there. */
const TABLE = `Object.fromEntries([...document.querySelectorAll('[data-kind-list] [data-kind]')].map((row) =>
  [row.dataset.kindDirection + ' ' + row.dataset.kind, Number(row.querySelector('[data-messages]').innerText.replaceAll(',', ''))]))`;

async function kindsIn({ panel }: DevTools): Promise<Record<string, number>> {
  await panel.click('[data-tab="Kinds"]');
  await panel.until(`document.querySelector('[data-kind-list] [data-kind]') !== null`);
  return panel.evaluate(TABLE);
}

/** A shop: quotes, and orders with their answers. */
function aShop(quotes: number): Session {
  const builder = aSession().frame().websocket('wss://shop.test/live').opens();
  for (let seq = 1; seq <= quotes; seq += 1) {
    builder.after(20).receives(JSON.stringify({ type: 'quote', seq, bid: 10 + seq / 4 }));
    if (seq % 5 !== 0) continue;
    builder.after(1).sends(JSON.stringify({ type: 'placeOrder', requestId: `r${seq}` }));
    if (seq === 10) continue;
    builder
      .after(30 + seq)
      .receives(JSON.stringify({ type: 'placed', requestId: `r${seq}`, ok: true }));
  }
  return builder.build();
}

test('the kinds of a recorded Socket.IO channel are those that its libraries told', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const fixture = readFixture('socket.io');
  await openSession(devtools, 'socket', sessionOf(fixture));
  const found = await kindsIn(devtools);
  const told: Record<string, number> = {};
  for (const { direction, kind } of fixture.truth) {
    told[`${direction} ${kind}`] = (told[`${direction} ${kind}`] ?? 0) + 1;
  }
  expect(Object.keys(told).length).toBeGreaterThan(10);
  for (const [kind, count] of Object.entries(told)) {
    // The library tells its app of no acknowledgement that it sends.
    expect([kind, found[kind]]).toEqual([kind, count]);
  }
  const head = await devtools.panel.text('[data-read-as]');
  expect(head).toMatch(/Engine\.IO\s*›\s*Socket\.IO/u);
  expect(await devtools.panel.text('[data-kind="ping"]')).toContain('♥');
});

test('a click on a kind shows only its messages, and there is a way back', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openSession(devtools, 'shop', aShop(40));
  expect(await kindsIn(devtools)).toEqual({
    'received quote': 40,
    'sent placeOrder': 8,
    'received placed': 7,
  });
  const rows = (count: number) =>
    `document.querySelector('[data-message-list]')?.dataset.rows === '${count}'`;
  await panel.click('[data-kind="placeOrder"] [role="gridcell"]:nth-child(2)');
  await panel.until(rows(8));
  expect(await panel.text('[data-kind-filter]')).toContain('Only ▲ placeOrder, sent');
  await panel.click('[data-action="back-to-kinds"]');
  await panel.until(`document.querySelector('[data-filter]').value === ''`);

  // By keys: the third row of those that are sorted by their names.
  await panel.click('[data-sort="name"]');
  await panel.evaluate(`document.querySelector('[data-kind-list]').focus()`);
  await panel.press('ArrowDown');
  await panel.press('ArrowDown');
  await panel.press('ArrowDown');
  await panel.press('Enter');
  await panel.until(rows(40));
  await panel.click('[data-action="all-kinds"]');
  await panel.until(rows(55));
});

test('what a kind looks like is saved as core writes it', async ({ page, openPanel }) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  const session = aShop(40);
  await openSession(devtools, 'shop', session);
  await kindsIn(devtools);
  await panel.click('[data-kind="quote"] [data-action="open-kind"]');
  await panel.until(
    `document.querySelector('[data-kind-shape]')?.innerText.includes('1 to 40, whole')`,
  );

  const shape = (await readSession(session))
    .get(1)
    ?.kinds.find(({ name }) => name === 'quote')?.shape;
  if (shape === undefined) throw new Error('core found no quotes');
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-shape-'));
  const saved = async (view: string) => {
    await panel.click(`[data-shape-view="${view}"]`);
    const path = await downloadAfter(devtools, folder, () =>
      panel.click('[data-action="save-shape"]'),
    );
    return readFile(path, 'utf8');
  };
  try {
    expect(await saved('typescript')).toBe(shapeToTypeScript(shape, 'quote'));
    expect(JSON.parse(await saved('schema'))).toEqual(shapeToJsonSchema(shape, 'quote'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('four hundred kinds are counted, and only those in sight are drawn', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const builder = aSession().frame().websocket('wss://shop.test/live').opens();
  // Each comes twice: a field that never says the same would be data, and no type.
  for (let round = 0; round < 2; round += 1) {
    for (let kind = 0; kind < 390; kind += 1) {
      const type = round === 0 && kind < 64 ? `k${kind % 20}` : `k${kind}`;
      builder.after(1).receives(JSON.stringify({ type, round }));
    }
  }
  await openSession(devtools, 'many', builder.build());
  await kindsIn(devtools);
  const list = `document.querySelector('[data-kind-list]')`;
  await devtools.panel.until(`${list}.dataset.kindList === '390'`);
  expect(
    await devtools.panel.evaluate<number>(`${list}.querySelectorAll('[data-kind]').length`),
  ).toBeLessThan(80);
});

test('what a channel is read as can be chosen, is kept, and is undone', async ({
  lab,
  page,
  openPanel,
}) => {
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady`);
  const first = await openPanel(page);
  const readAs = `document.querySelector('[data-read-as]')?.dataset.readAs`;
  await first.panel.click('[data-channel="1"] .label');
  await first.panel.click('[data-tab="Kinds"]');
  await first.panel.until(`${readAs} === 'json'`);
  await first.panel.until(
    `document.querySelector('[data-action="read-as"] option[value="socket.io"]') !== null`,
  );
  await first.panel.evaluate(`(() => {
    const chooser = document.querySelector('[data-action="read-as"]');
    chooser.value = 'socket.io';
    chooser.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
  // What the feed sends is none of its packets, and that is said.
  await first.panel.until(
    `Number(document.querySelector('[data-failures]')?.dataset.failures) > 3`,
  );
  expect(await first.panel.text('[data-empty]')).toContain('another one can be chosen');
  await first.close();

  const { panel } = await openPanel(page);
  await panel.click('[data-channel="1"] .label');
  await panel.click('[data-tab="Kinds"]');
  await panel.until(`${readAs} === 'socket.io'`);
  await panel.until(`document.querySelector('[data-action="read-as"]').value === 'socket.io'`);
  expect(await panel.text('[data-read-as]')).toContain('your choice for this site');
  await panel.click('[data-action="by-evidence"]');
  await panel.until(`${readAs} === 'json'`);
  await panel.until(`document.querySelector('[data-kind-list] [data-kind]') !== null`);
});
