import type { Decoded, ProtocolId } from '../../core/decoded/decoded.ts';
import { dataOfPart } from '../../core/decoded/part-data.ts';
import { createKindBook } from '../../core/kinds/kind-book.ts';
import { pairOf } from '../../core/pairs/pick-pairs.ts';
import { differenceOf } from '../../core/shape/difference.ts';
import { type ChannelReading, openReading } from '../../decoders/channel-reading.ts';
import { chooseDecoders } from '../../decoders/choose.ts';
import { createReaders } from '../../decoders/readers-of.ts';
import { DECODERS } from '../../decoders/registry.ts';
import type { RowMessage } from '../../decoders/row-message.ts';
import { loadStack } from '../../decoders/stack-reader.ts';
import { wordsOf } from './row-words.ts';
import type { Carriers, Context, DecodingService, Difference, TakenRows } from './snapshots.ts';
import { snapshotKinds, snapshotPairs, wholeReading } from './take-snapshots.ts';

const MOST_ANSWERS = 40;

/** The work of the decoding thread; it holds nothing that could not be read again. */
export function createDecodingService(): DecodingService {
  const readings = new Map<number, ChannelReading>();

  function readingOf(id: number): ChannelReading {
    const reading = readings.get(id);
    if (reading === undefined) throw new Error(`reading ${id} is not open`);
    return reading;
  }

  return {
    decoders: () =>
      Promise.resolve(DECODERS.map(({ id, isCarrier }) => ({ id, isCarrier: isCarrier === true }))),
    lookAtProto: async (files) =>
      (await import('../../decoders/formats/parse-proto.ts')).lookAtProto(files),
    choose: ({ carrier, messages }) => chooseDecoders(carrier, messages),
    open: async (id, stack) => {
      readings.set(id, await openReading(stack));
    },
    close: (id) => {
      readings.delete(id);
      return Promise.resolve();
    },
    take: (id, messages, carriers) => {
      const reading = readingOf(id);
      const before = reading.kinds.unsettled ?? [];
      takeAll(reading, messages, carriers);
      return Promise.resolve(takenRows(reading, [...before, ...messages.map(({ row }) => row)]));
    },
    kinds: (id, window) => Promise.resolve(snapshotKinds(readingOf(id), window)),
    shape: (id, kind) => Promise.resolve(readingOf(id).kinds.kinds[kind]?.shape),
    pairs: (id, window) => Promise.resolve(snapshotPairs(readingOf(id).pairs(), window)),
    whole: (id) => Promise.resolve(wholeReading(readingOf(id))),
    answers: (id) => {
      const answers = readingOf(id).answers();
      return Promise.resolve(
        answers && { answers: answers.slice(-MOST_ANSWERS), total: answers.length },
      );
    },
    decode: async (stack, context, carriers) => last(await readAll(stack, context, carriers)),
    words: async (stack, context, carriers, from) => {
      const decoded = await readAll(stack, context, carriers);
      return context
        .slice(from)
        .map((message, index) => wordsOf(message, decoded[from + index] ?? NOTHING));
    },
    difference: async (stack, context, carriers) =>
      differenceIn(context, await readAll(stack, context, carriers)),
    pair: async (stack, context, carriers, row) => {
      const reading = await openReading(stack);
      takeAll(reading, context, carriers);
      return pairOf(reading.pairs().pairs, row);
    },
  };
}

function takeAll(
  reading: ChannelReading,
  messages: readonly RowMessage[],
  carriers: Carriers,
): void {
  for (const message of messages) {
    const carrier = carriers.get(message.connection);
    if (carrier !== undefined) reading.take(message, carrier);
  }
}

const NOTHING: Decoded = { parts: [] };

const last = (decoded: readonly Decoded[]): Decoded => decoded.at(-1) ?? NOTHING;

const dataOf = ({ parts }: Decoded) =>
  parts.map((part) => dataOfPart(part)).find((data) => data !== undefined);

function differenceIn(context: Context, decoded: readonly Decoded[]): Difference | undefined {
  const book = createKindBook();
  context.forEach((message, index) => {
    book.take({ ...message, parts: decoded[index]?.parts ?? [] });
  });
  const rows = context.map(({ row }) => row);
  const row = rows.at(-1);
  const kind = row === undefined ? undefined : book.kindOf(row);
  const place = rows.findLastIndex(
    (each, index) => index < rows.length - 1 && book.kindOf(each) === kind,
  );
  const before = rows[place];
  const [old, fresh] = [decoded[place], decoded.at(-1)].map((each) => dataOf(each ?? NOTHING));
  if (kind === undefined || before === undefined) return undefined;
  if (old === undefined || fresh === undefined) return undefined;
  return { kind: kind.name, before, change: differenceOf(old, fresh) };
}

/** Reads messages in their order, with fresh readers; those before the wanted ones set the scene. */
async function readAll(
  stack: readonly ProtocolId[],
  context: Context,
  carriers: Carriers,
): Promise<Decoded[]> {
  const readerFor = createReaders(await loadStack(stack));
  return context.map((message) => {
    const carrier = carriers.get(message.connection);
    return carrier === undefined ? NOTHING : readerFor(message.connection, carrier).read(message);
  });
}

function takenRows({ kinds }: ChannelReading, rows: readonly number[]): TakenRows {
  const known = rows.flatMap((row) => {
    const kind = kinds.kindOf(row);
    return kind === undefined ? [] : [{ row, kind: kind.id }];
  });
  return {
    rows: known.map(({ row }) => row),
    kinds: known.map(({ kind }) => kind),
    names: kinds.kinds.map(({ name }) => name),
  };
}
