import type { ProtocolId, WireMessage } from '../../src/core/decoded/decoded.ts';
import { carriedBy } from '../../src/decoders/choose.ts';
import { decoderOf, DECODERS } from '../../src/decoders/registry.ts';
import { type ProtocolFixture, wireMessageOf } from './fixture.ts';

/** The messages of a fixture as each decoder of its stack gets them, and at the end what the innermost hands on. */
export async function messagesByLevel({
  stack,
  carrier,
  messages,
}: ProtocolFixture): Promise<WireMessage[][]> {
  const levels = [messages.map(wireMessageOf)];
  for (const id of stack) {
    const reader = (await decoderOf(id)?.load())?.createReader(carrier);
    if (reader === undefined) throw new Error(`there is no decoder ${id}`);
    levels.push(
      (levels.at(-1) ?? []).flatMap((message) =>
        reader.read(message).parts.flatMap((part) => {
          const payload = carriedBy(part);
          return payload === undefined ? [] : [{ ...message, payload }];
        }),
      ),
    );
  }
  return levels;
}

/** What every decoder says of a fixture at each level at which its stack looks: the strongest claim of each. */
export async function claimsOn(fixture: ProtocolFixture): Promise<Map<ProtocolId, number>> {
  const claims = new Map<ProtocolId, number>();
  const levels = await messagesByLevel(fixture);
  for (const samples of levels.slice(0, fixture.stack.length)) {
    for (const { id, recognise } of DECODERS) {
      const { confidence = 0 } = recognise({ ...fixture.carrier, samples }) ?? {};
      claims.set(id, Math.max(claims.get(id) ?? 0, confidence));
    }
  }
  return claims;
}

/** One row for each fixture, one column for each decoder; a dot where nothing is claimed. */
export function matrixLines(
  rows: readonly (readonly [string, Map<ProtocolId, number>])[],
): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  const cell = (value = 0) => (value === 0 ? '.' : String(Math.round(value * 100))).padStart(4);
  const head = DECODERS.map(({ id }, index) => `${String(index + 1).padStart(4)} ${id}`);
  return [
    ...head,
    `${''.padEnd(width)}${DECODERS.map((_, index) => String(index + 1).padStart(4)).join('')}`,
    ...rows.map(
      ([name, claims]) =>
        `${name.padEnd(width)}${DECODERS.map(({ id }) => cell(claims.get(id))).join('')}`,
    ),
  ];
}
