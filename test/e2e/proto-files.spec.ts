import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { sessionOf } from '../builders/fixture-session.ts';
import { readFixture } from '../protocols/fixture.ts';
import { expect, test } from './fixtures.ts';
import { giveFile } from './give-file.ts';
import { openSession, selectRow, textOf } from './open-session.ts';

const fixture = readFixture('protobuf-schema');
const MARKET = fixture.carrier.protoFiles?.[0]?.text ?? '';
const DATA = textOf('[data-decoded-data]');
const LAYER = textOf('[data-layer="protobuf"]');

async function openQuotes(devtools: DevTools): Promise<void> {
  await openSession(devtools, 'quotes', sessionOf(fixture));
  await selectRow(devtools, 3);
  await devtools.panel.until(`document.querySelector('[data-proto]') !== null`);
}

const giveProto = (devtools: DevTools, name: string, text: string, until: string) =>
  giveFile(devtools, '[data-proto-input]', name, text, async () => {
    await devtools.panel.until(until);
  });

const choose = ({ panel }: DevTools, type: string) =>
  panel.evaluate(`(() => {
    const select = document.querySelector('[data-proto-type]');
    select.value = ${JSON.stringify(type)};
    select.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);

test('fields get their names from a .proto file, which is kept for the site', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openQuotes(devtools);
  await panel.until(`${textOf('[data-proto]')}.includes('field numbers only')`);
  expect(await panel.evaluate(DATA)).not.toContain('symbol');
  await giveProto(devtools, 'market.proto', MARKET, `${DATA}.includes('symbol')`);
  await panel.until(`${LAYER}.includes('Quote, the type that fits')`);
  // The list and the kinds are read anew too.
  await panel.until(`${textOf('[data-row="3"] [data-kind]')} === 'Quote'`);
  await panel.click('[data-tab="Kinds"]');
  await panel.until(`${textOf('[data-kinds]')}.includes('Quote')`);

  await chooseMaker(devtools);
  await devtools.close();
  const again = await openPanel(page);
  await openQuotes(again);
  await again.panel.until(`${LAYER}.startsWith('Protobuf') && ${LAYER}.includes('Maker')`);
  expect(await again.panel.evaluate(`document.querySelector('[data-proto-type]').value`)).toBe(
    'market.Maker',
  );
  await choose(again, '');
  await again.panel.until(`${LAYER}.includes('Quote, the type that fits')`);
});

/** Another type, seen to be read by at once. */
async function chooseMaker(devtools: DevTools): Promise<void> {
  const { panel } = devtools;
  await panel.click('[data-tab="Messages"]');
  await panel.until(
    `document.querySelector('[data-proto-type] option[value="market.Maker"]') !== null`,
  );
  await choose(devtools, 'market.Maker');
  await panel.until(`${LAYER}.includes('Maker')`);
}

test('a broken .proto file is told of with its line and changes nothing, and a removed one comes back', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await openQuotes(devtools);
  await giveProto(devtools, 'market.proto', MARKET, `${DATA}.includes('symbol')`);
  const broken = 'syntax = "proto3";\nmessage Quote {\n  string symbol 1;\n}\n';
  const problem = textOf('[data-proto-problem]');
  await giveProto(devtools, 'market.proto', broken, `${problem}.includes('market.proto, line 3')`);
  expect(await panel.evaluate(DATA)).toContain('symbol');

  // A file that needs another one is taken, and says what it lacks.
  const needy = 'syntax = "proto3"; import "a/b.proto"; message Needy { b.Thing thing = 1; }';
  const list = textOf('[data-proto-list]');
  await panel.click('[data-action="proto-list"]');
  await giveProto(devtools, 'needy.proto', needy, `${list}.includes('needs b.Thing')`);
  expect(await panel.evaluate(list)).toContain('imported and not here: a/b.proto');

  await panel.click('[data-remove-proto="market.proto"]');
  await panel.until(`document.activeElement?.dataset.action === 'undo-proto'`);
  await panel.until(`${LAYER}.includes('fits alone')`);
  expect(await panel.evaluate(DATA)).not.toContain('symbol');
  await panel.press('Enter');
  await panel.until(`${DATA}.includes('symbol')`);
});
