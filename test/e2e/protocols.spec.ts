import { expect, sessionIn, test } from './fixtures.ts';
import { readSession } from '../../src/decoders/read-session.ts';
import { readFixture } from '../protocols/fixture.ts';

/** One of each family, over each transport that the lab plays. */
const NAMES = [
  'socket.io',
  'graphql-transport-ws',
  'stomp',
  'msgpack',
  'anthropic',
  'mercure',
  'grpc-web',
  'socket.io-polling',
  'sockjs-xhr-polling',
  'livekit',
];

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
      // Live each frame of gRPC-Web is a message; the recording has the body whole.
      const isFramed = fixture.stack[0] === 'grpc-web';
      const { length } = isFramed ? fixture.truth : fixture.messages;
      expect(channel?.rows.length).toBe(length);
      const read = (await readSession(session)).get(channel?.id ?? 0);
      expect(read?.protocol?.layers).toEqual(fixture.stack);
      const kinds = new Set(read?.kinds.map((kind) => kind.name));
      // Names of messages stand in a .proto file, which a page does not send along.
      if (isFramed) return;
      // A format names no kinds; the app's own fields do.
      const named = fixture.truth.map(({ kind }) => kind).filter((kind) => kind !== '');
      for (const kind of named) expect(kinds).toContain(kind);
    }).toPass({ timeout: 30_000 });
  });
}
