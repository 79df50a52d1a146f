import { EXPORTERS } from '../../src/trace/exporters.ts';
import { sessionOf } from '../builders/fixture-session.ts';
import { readFixture } from '../protocols/fixture.ts';
import { expect, test } from './fixtures.ts';
import { importFile } from './import-file.ts';

const [ownFormat] = EXPORTERS;

/** A recording as a trace in our own format. */
function traceOf(name: string): string {
  const session = sessionOf(readFixture(name));
  return [...(ownFormat?.write(session, { toolVersion: '0' }) ?? [])].join('');
}

test('a Socket.IO event is shown layer by layer, its kinds are counted and filter', async ({
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  const { panel } = devtools;
  await importFile(devtools, 'socket.jsonl', traceOf('socket.io'));
  await panel.click('[data-channel="1"] .label');
  await panel.click('[data-tab="Kinds"]');
  await panel.until(`document.querySelector('[data-kinds]')?.innerText.includes('received')`);
  await panel.click('[data-tab="Messages"]');
  await panel.click('[data-filter]');
  await panel.type('kind:greeting');
  await panel.until(`document.querySelector('[data-message-list]').dataset.rows !== '0'`);
  await panel.press('Escape');
  expect(true).toBe(true);
});
