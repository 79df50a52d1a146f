import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { libraryVersion } from '../reconnects/library-version.ts';
import { PROTOCOL_ENTRIES } from './entries.ts';
import type { AssembledTruth, FixtureMessage, ProtocolFixture, Truth } from './fixture.ts';
import { asFixtureValue } from './fixture-value.ts';
import type { ProtocolEntry, Stage } from './protocol-entry.ts';
import { createWireProxy, type WireProxy } from './wire-proxy.ts';

// `npx tsx test/protocols/record.ts [NAME …]` records the entries that are named (regular expressions), or all,
// into test/fixtures/protocols.

const FOLDER = new URL('../fixtures/protocols/', import.meta.url);
const LONGEST_RUN = 6_000;
const MOST_MESSAGES = 60;

const wanted = process.argv.slice(2);
const chosen = PROTOCOL_ENTRIES.filter(
  ({ name }) =>
    wanted.length === 0 || wanted.some((part) => new RegExp(`^${part}$`, 'u').test(name)),
);
if (chosen.length === 0) throw new Error(`No entry is called ${wanted.join(' or ')}.`);
await mkdir(FOLDER, { recursive: true });
for (const entry of chosen) {
  const fixture = await recordEntry(entry);
  await writeFile(new URL(`${entry.name}.json`, FOLDER), `${JSON.stringify(fixture, null, 1)}\n`);
  console.log(`${entry.name}: ${fixture.messages.length} messages, ${fixture.truth.length} truths`);
}
// Some clients and servers keep timers for ever.
process.exit();

async function recordEntry(entry: ProtocolEntry): Promise<ProtocolFixture> {
  const truth: Truth[] = [];
  let assembled: AssembledTruth | undefined;
  const proxies: WireProxy[] = [];
  const closers: (() => unknown)[] = [];
  const stage: Stage = {
    proxy: async (server) => {
      const proxy = await createWireProxy(
        typeof server === 'number' ? server : await listen(server),
      );
      proxies.push(proxy);
      closers.push(proxy.close);
      return proxy.host;
    },
    tell: (direction, kind, value) => {
      truth.push({ direction, kind, ...(value !== undefined && { value: asFixtureValue(value) }) });
    },
    assembled: (value) => {
      assembled = value;
    },
    told: async (count) => {
      const until = Date.now() + LONGEST_RUN;
      while (truth.length < count) {
        if (Date.now() > until) {
          const wire = JSON.stringify(
            proxies.flatMap(({ lanes }) => lanes),
            null,
            1,
          );
          throw new Error(
            `${entry.name}: told ${JSON.stringify(truth)}, ${count} expected of ${wire}`,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    atEnd: (close) => closers.push(close),
  };
  await entry.run(stage);
  for (const close of closers.reverse()) await close();
  const lanes = proxies.flatMap((proxy) => proxy.lanes).filter(entry.picks);
  const [first] = lanes;
  if (first === undefined) throw new Error(`${entry.name}: nothing crossed the proxy`);
  const messages: FixtureMessage[] = lanes
    .flatMap((lane) => lane.messages)
    .sort((a, b) => a.place - b.place)
    .map(({ message }) => message);
  if (messages.length > MOST_MESSAGES)
    throw new Error(`${entry.name}: ${messages.length} messages`);
  return {
    stack: entry.stack,
    source: await sourceOf(entry),
    carrier: { ...first.carrier, ...entry.given },
    messages,
    truth,
    ...(assembled !== undefined && { assembled }),
  };
}

async function sourceOf({ packages, played }: ProtocolEntry): Promise<string> {
  const told = packages.map(async (name) => `${name} ${(await libraryVersion(name)) ?? ''}`);
  return [...(await Promise.all(told)), ...(played === undefined ? [] : [played])].join(', ');
}

async function listen(server: Server): Promise<number> {
  if (!server.listening) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return (server.address() as AddressInfo).port;
}
