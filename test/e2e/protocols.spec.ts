import { expect, sessionIn, test } from './fixtures.ts';
import { readSession } from '../../src/decoders/read-session.ts';
import { readFixture } from '../protocols/fixture.ts';

/** One of each family, over each transport that the lab plays. */
const NAMES = ['socket.io', 'graphql-transport-ws', 'stomp', 'msgpack', 'anthropic', 'mercure'];

for (const name of NAMES) {
  test(`${name}, played again by the lab, is captured live and recognised`, async ({
    lab,
    page,
    openPanel,
  }) => {
    const devtools = await openPanel(page);
    await page.goto(`${lab.origin}/protocols?name=${name}`);
    await page.waitForFunction(() => document.documentElement.dataset['state'] === 'done');
    const fixture = readFixture(name);
    await expect(async () => {
      const session = await sessionIn(devtools);
      const [channel] = session.channels;
      expect(channel?.rows.length).toBe(fixture.messages.length);
      const read = (await readSession(session)).get(channel?.id ?? 0);
      expect(read?.protocol?.layers).toEqual(fixture.stack);
      const kinds = new Set(read?.kinds.map((kind) => kind.name));
      // A format names no kinds; the app's own fields do.
      const named = fixture.truth.map(({ kind }) => kind).filter((kind) => kind !== '');
      for (const kind of named) expect(kinds).toContain(kind);
    }).toPass({ timeout: 30_000 });
  });
}
