import type { Content, Decoded, ProtocolId, WireMessage } from '../../src/core/decoded/decoded.ts';
import type { Payload } from '../../src/core/facts.ts';
import {
  type Carrier,
  type Decoder,
  MOST_INFLATED,
  MOST_PARTS,
} from '../../src/decoders/decoder.ts';
import { messagesByLevel } from './claims.ts';
import { FIXTURE_NAMES, readFixture } from './fixture.ts';
import { createChance, mutate } from './mutate.ts';

/** What real traffic of a decoder looks like, where the fuzzing begins. */
export interface Seeds {
  carrier: Carrier;
  messages: WireMessage[];
}

export interface FuzzResult {
  runs: number;
  failures: number;
  parts: number;
  milliseconds: number;
  /** Of one input. */
  longest: number;
}

/** Inputs in a row for one reader, so that what it remembers is tried too. */
const IN_A_ROW = 100;
/** A read that takes longer is read again by itself: the machine may have stalled. */
const LONGEST_READ = 250;
/** How much more a decoder may say than it was given. */
const MOST_GROWTH = 64;
const ALLOWANCE = 16 * 1024;
/** Formats that unpack. */
const INFLATING: ReadonlySet<ProtocolId> = new Set([
  'gzip',
  'deflate',
  'zstd',
  'base64',
  'grpc-web',
]);

/** The messages of every fixture in whose stack a decoder stands, as it gets them. */
export async function seedsOf(id: ProtocolId): Promise<Seeds[]> {
  const seeds: Seeds[] = [];
  for (const name of FIXTURE_NAMES) {
    const fixture = readFixture(name);
    const level = fixture.stack.indexOf(id);
    if (level === -1) continue;
    const messages = (await messagesByLevel(fixture))[level] ?? [];
    seeds.push({ carrier: fixture.carrier, messages });
  }
  return seeds;
}

/** Reads random and mutated inputs; throws where a decoder throws, says too much or takes too long. */
export async function fuzzDecoder(decoder: Decoder, runs: number, seed = 1): Promise<FuzzResult> {
  const all = (await seedsOf(decoder.id)).filter(({ messages }) => messages.length > 0);
  if (all.length === 0)
    throw new Error(`add a fixture for ${decoder.id}: the fuzzing begins with it`);
  const chance = createChance(seed);
  const codec = await decoder.load();
  const payloads = all.flatMap(({ messages }) => messages.map(({ payload }) => payload));
  const result: FuzzResult = { runs: 0, failures: 0, parts: 0, milliseconds: 0, longest: 0 };
  const began = performance.now();
  while (result.runs < runs) {
    const { carrier, messages } = chance.pick(all);
    const reader = codec.createReader(carrier);
    const fed: WireMessage[] = [];
    let length = 0;
    for (let turn = 0; turn < IN_A_ROW; turn += 1) {
      const message = { ...chance.pick(messages) };
      message.payload = mutate(message.payload, payloads, chance);
      fed.push(message);
      length += message.payload.length;
      const from = performance.now();
      const decoded = readOrTell(() => reader.read(message), decoder.id, message.payload);
      const took = performance.now() - from;
      if (took > LONGEST_READ)
        readAlone(decoder.id, message.payload, () => codec.createReader(carrier).read(message));
      result.longest = Math.max(result.longest, took);
      result.runs += 1;
      result.parts += decoded.parts.length;
      if (decoded.failure !== undefined) result.failures += 1;
      checkShape(decoded, decoder.id, length, message.payload);
    }
    readOrTell(() => decoder.recognise({ ...carrier, samples: fed }), decoder.id, 'a channel');
  }
  result.milliseconds = performance.now() - began;
  return result;
}

function readOrTell<Read>(read: () => Read, id: ProtocolId, payload: Payload): Read {
  try {
    return read();
  } catch (error) {
    throw new Error(`${id} throws at ${told(payload)}`, { cause: error });
  }
}

/** In time of the processor: a busy machine may have taken its time before. */
function readAlone(id: ProtocolId, payload: Payload, read: () => unknown): void {
  const from = process.cpuUsage();
  read();
  const { user, system } = process.cpuUsage(from);
  const took = (user + system) / 1000;
  if (took <= LONGEST_READ) return;
  throw new Error(`${id} takes ${Math.round(took)} ms for one input: ${told(payload)}`);
}

const told = (payload: Payload): string =>
  (typeof payload === 'string'
    ? JSON.stringify(payload)
    : `base64 ${Buffer.from(payload).toString('base64')}`
  ).slice(0, 2000);

function checkShape(
  { parts, failure }: Decoded,
  id: ProtocolId,
  fed: number,
  input: Payload,
): void {
  const complain = (what: string) => {
    throw new Error(`${id}: ${what} of ${told(input)}`);
  };
  if (parts.length > MOST_PARTS) complain(`${parts.length} parts`);
  if (parts.some(({ layers }) => layers.length === 0)) complain('a part without layers');
  if (failure !== undefined) {
    if (!(failure.offset >= 0 && Number.isFinite(failure.offset)))
      complain(`offset ${failure.offset}`);
    if (failure.reason === '' || failure.reason.endsWith('.'))
      complain(`reason “${failure.reason}”`);
  }
  const most = INFLATING.has(id) ? 2 * MOST_INFLATED : MOST_GROWTH * fed + ALLOWANCE;
  const size = parts.reduce((sum, { layers }) => sum + layersSize(layers), 0);
  if (size > most) complain(`${size} units said, at most ${most}`);
}

function layersSize(layers: Decoded['parts'][number]['layers']): number {
  let size = 0;
  for (const { summary, fields, content } of layers) {
    size += summary.length + dataSize(fields) + (content === undefined ? 0 : contentSize(content));
  }
  return size;
}

function contentSize(content: Content): number {
  switch (content.as) {
    case 'json':
    case 'text':
      return content.text.length;
    case 'data':
      return dataSize(content.data);
    case 'bytes':
    case 'media':
      return content.bytes.length;
    case 'payload':
      return content.payload.length;
  }
}

/** Counted without recursion: depth is what is tested. */
function dataSize(data: unknown): number {
  let size = 0;
  const open: unknown[] = [data];
  while (open.length > 0) {
    const each = open.pop();
    size += 1;
    if (typeof each === 'string' || each instanceof Uint8Array) size += each.length;
    else if (typeof each === 'object' && each !== null) {
      for (const child of Object.values(each) as unknown[]) open.push(child);
    }
  }
  return size;
}
