import type { Payload } from '../../src/core/facts.ts';

/** Chance that comes out the same for the same seed (mulberry32). */
export interface Chance {
  /** From 0 to below `limit`. */
  below: (limit: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

const LONGEST_RANDOM = 64;
/** Lengths and ids at the edges of what fields can hold. */
const EDGES = ['0', '-1', '4294967295', '9007199254740993', '1e999', '99999999999999999999'];
const PIECES = [
  '"',
  '\\',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '\0',
  '\n',
  '\r\n',
  '\u{1e}',
  '\ud800',
  'null',
  '[[',
  '{"":',
  ' ',
];

/** One step away from real traffic, or several, or nothing of it at all. */
export function mutate(payload: Payload, others: readonly Payload[], chance: Chance): Payload {
  if (chance.below(16) === 0) return random(chance);
  let mutant = payload;
  const steps = 1 + chance.below(3);
  for (let step = 0; step < steps; step += 1) {
    mutant =
      typeof mutant === 'string'
        ? mutateText(mutant, textOf(chance.pick(others)), chance)
        : mutateBytes(mutant, bytesOf(chance.pick(others)), chance);
  }
  // What comes as text could as well come as bytes.
  if (chance.below(64) > 0) return mutant;
  return typeof mutant === 'string' ? bytesOf(mutant) : textOf(mutant);
}

const textOf = (payload: Payload) =>
  typeof payload === 'string' ? payload : Buffer.from(payload).toString('latin1');
const bytesOf = (payload: Payload) =>
  typeof payload === 'string' ? new Uint8Array(Buffer.from(payload)) : payload;

function random(chance: Chance): Payload {
  const bytes = Uint8Array.from({ length: chance.below(LONGEST_RANDOM) }, () => chance.below(256));
  return chance.below(2) === 0 ? bytes : String.fromCharCode(...bytes.map((byte) => byte & 0x7f));
}

function mutateText(text: string, other: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const to = at + chance.below(Math.min(32, text.length - at + 1));
  switch (chance.below(7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, at) + chance.pick(PIECES) + text.slice(to);
    case 3:
      return text.slice(0, at) + other.slice(chance.below(other.length + 1));
    case 4:
      return text.slice(0, at) + String.fromCharCode(chance.below(0x100)) + text.slice(at + 1);
    case 5:
      return text.replace(/\d+/u, chance.pick(EDGES));
    default:
      return text.slice(0, to) + text.slice(at);
  }
}

function mutateBytes(bytes: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array {
  const at = chance.below(bytes.length + 1);
  const to = at + chance.below(Math.min(32, bytes.length - at + 1));
  const mutant = new Uint8Array(bytes);
  switch (chance.below(6)) {
    case 0:
      return mutant.subarray(0, at);
    case 1:
      return joined(mutant.subarray(0, at), mutant.subarray(to));
    case 2:
      return joined(mutant.subarray(0, at), other.subarray(chance.below(other.length + 1)));
    case 3:
      mutant[at] = (mutant[at] ?? 0) ^ (1 << chance.below(8));
      return mutant;
    case 4:
      // A length field that says too much.
      mutant.fill(0xff, at, at + 1 + chance.below(8));
      return mutant;
    default:
      return joined(mutant.subarray(0, to), mutant.subarray(at));
  }
}

const joined = (...pieces: Uint8Array[]) => new Uint8Array(Buffer.concat(pieces));
