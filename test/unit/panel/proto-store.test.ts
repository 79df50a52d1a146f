import { describe, expect, it } from 'vitest';
import { lookAtProto } from '../../../src/decoders/formats/parse-proto.ts';
import { createProtoStore } from '../../../src/panel/state/proto-store.ts';
import { MOST_PROTO, readSiteProto } from '../../../src/panel/state/site-proto.ts';

const SITE = 'https://shop.test';
const quote = { name: 'quote.proto', text: 'message Quote { optional string symbol = 1; }' };
const other = { name: 'ask.proto', text: 'message Ask { optional bool live = 1; }' };

/** The extension's storage, which tells of its own changes as the browser does. */
function aStore(kept: Record<string, unknown> = {}) {
  let changes = 0;
  let refusal: string | undefined;
  const tell = (key: string, newValue?: unknown) => {
    store.take({ [key]: { newValue } });
    return Promise.resolve();
  };
  const store = createProtoStore({
    storage: {
      get: (key) => Promise.resolve(key in kept ? { [key]: kept[key] } : {}),
      set: (items) => {
        if (refusal !== undefined) return Promise.reject(new Error(refusal));
        Object.assign(kept, structuredClone(items));
        return Promise.all(Object.entries(items).map(([key, value]) => tell(key, value))).then();
      },
      remove: (key) => {
        Reflect.deleteProperty(kept, key);
        return tell(key);
      },
    },
    look: (files) => Promise.resolve(lookAtProto(files)),
    onChange: () => (changes += 1),
  });
  return {
    store,
    kept,
    changes: () => changes,
    refuse: (words: string) => (refusal = words),
    names: () => store.of(SITE)?.files.map(({ name }) => name),
  };
}

/** Storage has been read. */
async function aReadStore(kept?: Record<string, unknown>) {
  const made = aStore(kept);
  expect(made.store.of(SITE)).toBeUndefined();
  while (made.store.of(SITE) === undefined) await Promise.resolve();
  return made;
}

describe('the .proto files of a site', () => {
  it('are kept, by name, and are there for the next panel', async () => {
    const { store, kept, names } = await aReadStore();
    expect(await store.add(SITE, [quote, other])).toEqual([]);
    expect(names()).toEqual(['ask.proto', 'quote.proto']);
    expect((await aReadStore(kept)).names()).toEqual(['ask.proto', 'quote.proto']);
    expect(Object.keys(kept)).toEqual([`protoFiles ${SITE}`]);
  });

  it('take the place of those with the same name', async () => {
    const { store } = await aReadStore();
    await store.add(SITE, [quote]);
    const before = store.of(SITE)?.version;
    await store.add(SITE, [{ name: 'quote.proto', text: other.text }]);
    expect(store.of(SITE)?.files).toEqual([{ name: 'quote.proto', text: other.text }]);
    expect(store.of(SITE)?.version).not.toBe(before);
  });

  it('are not taken where they are broken, and what was here stays', async () => {
    const { store } = await aReadStore();
    await store.add(SITE, [quote]);
    const broken = { name: 'quote.proto', text: 'message Quote {\n  string symbol 1;\n}' };
    const problems = await store.add(SITE, [broken, other]);
    expect(problems).toEqual([expect.stringMatching(/^quote\.proto, line 2: illegal token/u)]);
    expect(store.of(SITE)?.files).toEqual([other, quote]);
  });

  it('have room for two megabytes', async () => {
    const { store, names } = await aReadStore();
    const long = { name: 'long.proto', text: `// ${'é'.repeat(MOST_PROTO / 2 - 100)}` };
    expect(await store.add(SITE, [long])).toEqual([]);
    const [problem] = await store.add(SITE, [
      { name: 'more.proto', text: `// ${'x'.repeat(300)}` },
    ]);
    expect(problem).toMatch(/^more\.proto was not added: a site has room for 2/u);
    expect(names()).toEqual(['long.proto']);
  });

  it('stay as they were where the browser refuses', async () => {
    const { store, names, refuse } = await aReadStore();
    await store.add(SITE, [quote]);
    refuse('QUOTA_BYTES quota exceeded');
    const [problem] = await store.add(SITE, [other]);
    expect(problem).toContain('refused to keep this (QUOTA_BYTES quota exceeded)');
    expect(names()).toEqual(['quote.proto']);
  });

  it('are removed without a trace, and come back with their types', async () => {
    const { store, kept, names } = await aReadStore();
    await store.add(SITE, [quote]);
    await store.choose(SITE, 'wss://shop.test/live', 'received', 'Quote');
    const before = store.of(SITE);
    await store.remove(SITE, 'quote.proto');
    expect([names(), kept]).toEqual([[], {}]);
    if (before !== undefined) await store.restore(SITE, before);
    expect(store.of(SITE)).toMatchObject({
      files: [quote],
      types: { 'wss://shop.test/live': { received: 'Quote' } },
    });
  });

  it('are read by a chosen type for each direction, until it is chosen no more', async () => {
    const { store } = await aReadStore();
    await store.add(SITE, [quote]);
    await store.choose(SITE, 'e', 'received', 'Quote');
    await store.choose(SITE, 'e', 'sent', 'Ask');
    expect(store.of(SITE)?.types).toEqual({ e: { received: 'Quote', sent: 'Ask' } });
    await store.choose(SITE, 'e', 'received', undefined);
    expect(store.of(SITE)?.types).toEqual({ e: { sent: 'Ask' } });
  });

  it('tell of no change in sites that nobody asked for', () => {
    const { store, changes } = aStore();
    store.take({ [`protoFiles ${SITE}`]: { newValue: { files: [quote] } }, decoders: {} });
    expect(changes()).toBe(0);
  });

  it.each([
    [undefined, { files: [], types: {} }],
    ['files', { files: [], types: {} }],
    [
      { files: 7, types: [1] },
      { files: [], types: { 0: {} } },
    ],
    [
      { files: [quote, { name: 1 }, null], types: { e: { sent: 'A', received: 5 }, f: null } },
      { files: [quote], types: { e: { sent: 'A' }, f: {} } },
    ],
  ])('are what is ours of what storage holds: %j', (value, expected) => {
    expect(readSiteProto(value)).toEqual(expected);
  });
});
