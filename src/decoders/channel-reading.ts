import type { Assembly } from '../core/decoded/assembly.ts';
import type { Decoded, Part, ProtocolId } from '../core/decoded/decoded.ts';
import { dataOfPart } from '../core/decoded/part-data.ts';
import { createKindBook, type KindBook } from '../core/kinds/kind-book.ts';
import { createIdFinder } from '../core/pairs/found-ids.ts';
import { createPairBook, type PairBook } from '../core/pairs/pair-book.ts';
import { assemblerOf, type StartAssembling } from './assembler-of.ts';
import type { Carrier, Codec } from './decoder.ts';
import type { RowMessage } from './row-message.ts';
import type { Assembler } from './llm/assembler.ts';
import { createReaders } from './readers-of.ts';
import { loadStack } from './stack-reader.ts';

/** All that reading a channel's messages, one after another, amounts to. */
export interface ChannelReading {
  readonly kinds: KindBook;
  /** Messages that no decoder of the stack understood, or not to their end. */
  readonly failures: number;
  /** Takes the next message of the channel; bounded work. */
  take: (message: RowMessage, carrier: Carrier) => void;
  /** Requests and answers as far as they came. */
  pairs: () => ReadPairs;
  /** Answers of language models, put together; `undefined` where the channel carries none. */
  answers: () => readonly ReadAnswer[] | undefined;
}

/** An answer of a language model, and the connection that it came on. */
export interface ReadAnswer {
  readonly connection: number;
  readonly assembly: Assembly;
}

export interface ReadPairs extends Pick<PairBook, 'pairs' | 'subscriptions' | 'strays'> {
  /** The protocol names what belongs together, or the app's own ids were found. */
  readonly basis: 'protocol' | 'found ids' | 'none';
  readonly evidence: string | undefined;
}

/** Begins to read a channel with the decoders of a stack. */
export async function openReading(stack: readonly ProtocolId[]): Promise<ChannelReading> {
  const [codec, assemble] = await Promise.all([loadStack(stack), assemblerOf(stack)]);
  return createReading(codec, assemble);
}

function createReading(codec: Codec, assemble: StartAssembling | undefined): ChannelReading {
  const readerFor = createReaders(codec);
  const kinds = createKindBook();
  const book = createPairBook();
  const finder = createIdFinder();
  const assemblers = new Map<number, Assembler>();
  let failures = 0;

  function assemblerFor(connection: number, carrier: Carrier): Assembler | undefined {
    const known = assemblers.get(connection);
    if (known !== undefined) return known;
    const fresh = assemble?.(carrier, carrier.askedAt);
    if (fresh !== undefined) assemblers.set(connection, fresh);
    return fresh;
  }

  function takeDecoded({ parts, failure }: Decoded, message: RowMessage): void {
    const { row, at, direction, byteLength, eventType } = message;
    if (failure !== undefined) failures += 1;
    kinds.take({
      row,
      at,
      direction,
      byteLength,
      parts,
      ...(eventType !== undefined && { eventType }),
    });
    for (const part of parts) takePair(part, message);
  }

  function takePair(part: Part, { connection, row, at, byteLength, direction }: RowMessage): void {
    const step = { connection, row, at, byteLength };
    if (part.pair !== undefined) {
      book.take({ ...step, kind: part.kind ?? '', pair: part.pair });
      return;
    }
    const data = part.isContinuation === true ? undefined : dataOfPart(part);
    if (data !== undefined) finder.take({ ...step, direction, kind: '', data });
  }

  /** What the app's own ids were found to pair; kinds are known by now. */
  function foundPairs(): ReadPairs | undefined {
    const found = finder.find();
    if (found === undefined) return undefined;
    const own = createPairBook();
    for (const step of found.steps) {
      own.take({ ...step, kind: kinds.kindOf(step.row)?.name ?? step.kind });
    }
    const { pairs, subscriptions, strays } = own;
    return { pairs, subscriptions, strays, basis: 'found ids', evidence: found.evidence };
  }

  return {
    kinds,
    get failures() {
      return failures;
    },
    take: (message, carrier) => {
      const { connection } = message;
      takeDecoded(readerFor(connection, carrier).read(message), message);
      assemblerFor(connection, carrier)?.take(message);
    },
    answers: () =>
      assemble === undefined
        ? undefined
        : [...assemblers].flatMap(([connection, assembler]) =>
            assembler.assemblies().map((assembly) => ({ connection, assembly })),
          ),
    pairs: () => {
      const { pairs, subscriptions, strays } = book;
      const isNamed = pairs.length + subscriptions.length > 0;
      const told = { pairs, subscriptions, strays, evidence: undefined };
      if (isNamed) return { ...told, basis: 'protocol' };
      return foundPairs() ?? { ...told, basis: 'none' };
    },
  };
}
