import { describe, expect, it } from 'vitest';
import type { Part, ProtocolId } from '../../../src/core/decoded/decoded.ts';
import { chooseDecoders } from '../../../src/decoders/choose.ts';
import { MOST_SAMPLES } from '../../../src/decoders/decoder.ts';
import { createStackReader } from '../../../src/decoders/stack-reader.ts';
import { claimsOn, matrixLines } from '../../protocols/claims.ts';
import {
  FIXTURE_NAMES,
  linesOf,
  type ProtocolFixture,
  readFixture,
  type Truth,
  wireMessageOf,
} from '../../protocols/fixture.ts';
import { plainContent } from '../../protocols/fixture-value.ts';

/** What a payload is beside its protocol: true, and weaker than the protocol's own claim. */
const FORMATS: ReadonlySet<ProtocolId> = new Set([
  'json',
  'ndjson',
  'text',
  'xml',
  'form',
  'binary',
  'base64',
  'msgpack',
  'cbor',
  'protobuf',
]);
/** Protocols that are made of another one: that one's claim is true too, and weaker. */
const MADE_OF: Partial<Record<ProtocolId, ProtocolId>> = {
  lsp: 'json-rpc',
  mcp: 'json-rpc',
  'supabase-realtime': 'phoenix',
};

const readAll = async ({ stack, carrier, messages }: ProtocolFixture) => {
  const reader = await createStackReader(stack, carrier);
  return messages.map(wireMessageOf).map((message) => ({ message, ...reader.read(message) }));
};

describe('recordings of real clients and servers', () => {
  it.each(FIXTURE_NAMES)('%s is taken for what it is', async (name) => {
    const { stack, carrier, messages } = readFixture(name);
    const samples = messages.slice(0, MOST_SAMPLES).map(wireMessageOf);
    const choice = await chooseDecoders(carrier, samples);
    expect(choice?.stack).toEqual(stack);
    expect(choice?.evidence.length).toBeGreaterThanOrEqual(stack.length);
  });

  it('are taken for nothing else: the matrix of all claims', async () => {
    const rows = [];
    const wrong = [];
    for (const name of FIXTURE_NAMES) {
      const fixture = readFixture(name);
      const claims = await claimsOn(fixture);
      rows.push([name, claims] as const);
      const own = Math.min(...fixture.stack.map((id) => claims.get(id) ?? 0));
      for (const [id, confidence] of claims) {
        if (confidence < 0.5 || fixture.stack.includes(id)) continue;
        const isTrueToo = FORMATS.has(id) || fixture.stack.some((each) => MADE_OF[each] === id);
        if (!isTrueToo || confidence > own) wrong.push(`${name} is called ${id} (${confidence})`);
      }
    }
    console.log(matrixLines(rows).join('\n'));
    expect(wrong).toEqual([]);
  });

  it.each(FIXTURE_NAMES)('%s is read as its libraries tell it', async (name) => {
    const fixture = readFixture(name);
    const read = await readAll(fixture);
    for (const direction of ['sent', 'received'] as const) {
      const parts = read.flatMap(({ message, parts }) =>
        message.direction === direction ? parts : [],
      );
      expect(
        missingFrom(
          parts,
          fixture.truth.filter((each) => each.direction === direction),
        ),
      ).toEqual([]);
    }
    expect(fixture.truth.length).toBeGreaterThan(0);
  });

  it.each(FIXTURE_NAMES)('%s reads well', async (name) => {
    const read = await readAll(readFixture(name));
    const lines = read.flatMap(({ message, ...decoded }) =>
      linesOf(decoded).map((line) => `${message.direction === 'sent' ? '→' : '←'} ${line}`),
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
      `../../fixtures/protocols/${name}.lines.txt`,
    );
  });
});

/** The truths that do not stand in the parts, in their order. */
function missingFrom(parts: readonly Part[], truths: readonly Truth[]): Truth[] {
  let from = 0;
  return truths.filter((truth) => {
    const at = parts.findIndex((part, index) => index >= from && tells(part, truth));
    if (at === -1) return true;
    from = at + 1;
    return false;
  });
}

function tells({ kind = '', layers }: Part, truth: Truth): boolean {
  if (kind !== truth.kind) return false;
  if (truth.value === undefined) return true;
  const wanted = JSON.stringify(sorted(truth.value));
  return layers.some(({ content }) => JSON.stringify(sorted(plainContent(content))) === wanted);
}

/** Libraries and wires may differ in the order of members. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, sorted(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
