import type { Decoded, ProtocolId } from '../../core/decoded/decoded.ts';
import type { Direction } from '../../core/facts.ts';
import type { Kind } from '../../core/kinds/kind-book.ts';
import type { TypeField } from '../../core/kinds/type-field.ts';
import type { PairKind } from '../../core/pairs/latencies.ts';
import type { Pair, Subscription } from '../../core/pairs/pair-book.ts';
import type { PickedPairs } from '../../core/pairs/pick-pairs.ts';
import type { DiffKind } from '../../core/session-diff/session-diff.ts';
import type { Change } from '../../core/shape/difference.ts';
import type { Shape } from '../../core/shape/shape.ts';
import type { TimeWindow } from '../../core/time-window.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { ReadAnswer } from '../../decoders/channel-reading.ts';
import type { Choice } from '../../decoders/choose.ts';
import type { Carrier, ProtoFile } from '../../decoders/decoder.ts';
import type { ProtoLook } from '../../decoders/formats/parse-proto.ts';
import type { ChannelSamples, RowMessage } from '../../decoders/row-message.ts';

/** A kind as a table shows it. */
export interface KindRow extends Omit<Kind, 'rows' | 'density' | 'shape'> {
  /** Messages in even stretches of the time that was asked for. */
  readonly spark: readonly number[];
  /** Messages in that time. */
  readonly inWindow: number;
}

export interface KindsSnapshot {
  readonly window: TimeWindow;
  readonly kinds: readonly KindRow[];
  readonly fields: Readonly<Record<Direction, TypeField | undefined>>;
  readonly failures: number;
  readonly othersFrom: number | undefined;
}

/** Requests of one kind, with their latencies counted in the stretches of `LATENCY_BINS`. */
export interface PairKindRow extends Omit<PairKind, 'latencies'> {
  readonly p50: Milliseconds | undefined;
  readonly p95: Milliseconds | undefined;
  readonly max: Milliseconds | undefined;
  readonly bins: readonly number[];
}

export interface PairsSnapshot {
  readonly basis: 'protocol' | 'found ids' | 'none';
  readonly evidence: string | undefined;
  readonly kinds: readonly PairKindRow[];
  readonly window: TimeWindow;
  /** Those that were asked in the window, as far as a picture can show them. */
  readonly picked: PickedPairs;
  /** Of all, the slowest first. */
  readonly slowest: readonly Pair[];
  /** The latest that nobody has answered. */
  readonly open: readonly Pair[];
  readonly total: number;
  /** The latest of those that stood in the window. */
  readonly subscriptions: readonly Subscription[];
  readonly totalSubscriptions: number;
  readonly strays: number;
}

/** The latest answers of language models, oldest first. */
export interface AnswersSnapshot {
  readonly answers: readonly ReadAnswer[];
  readonly total: number;
}

/** All rows of a kind, as a list that can cross to the panel. */
export interface KindRows extends DiffKind {
  readonly rows: Uint32Array;
}

/** What reading a whole channel amounts to, for whoever measures it. */
export interface WholeReading {
  readonly kinds: readonly KindRows[];
  readonly pairs: readonly Pair[];
  readonly subscriptions: readonly Subscription[];
}

/** The kinds of rows that were taken, and of those that may have become another kind since. */
export interface TakenRows {
  readonly rows: readonly number[];
  readonly kinds: readonly number[];
  /** By the numbers of the kinds. */
  readonly names: readonly string[];
}

/** Messages before the one that is looked at, and that one last: decoders go from message to message. */
export type Context = readonly RowMessage[];
export type Carriers = ReadonlyMap<number, Carrier>;

/** A message as a list shows it. */
export interface RowWords {
  readonly row: number;
  readonly kind: string | undefined;
  readonly isHeartbeat: boolean;
  /** What it carries at its innermost, or what its layer says; one line, cut. */
  readonly text: string;
}

/** What changed since the message of the same kind before. */
export interface Difference {
  readonly kind: string;
  /** The row that it is compared with. */
  readonly before: number;
  readonly change: Change;
}

/** A decoder that can be chosen by hand. */
export interface OfferedDecoder {
  readonly id: ProtocolId;
  /** Its messages carry those of another one. */
  readonly isCarrier: boolean;
}

/** What the decoding thread does; every call is answered in turn. */
export interface DecodingService {
  /** The panel itself holds no decoder, and so no list of them. */
  decoders: () => Promise<readonly OfferedDecoder[]>;
  /** Which message types files define together, and what is wrong with them. */
  lookAtProto: (files: readonly ProtoFile[]) => Promise<ProtoLook>;
  choose: (samples: ChannelSamples) => Promise<Choice | undefined>;
  /** Begins to read a channel anew. @param reading the caller's number for it */
  open: (reading: number, stack: readonly ProtocolId[]) => Promise<void>;
  close: (reading: number) => Promise<void>;
  take: (
    reading: number,
    messages: readonly RowMessage[],
    carriers: Carriers,
  ) => Promise<TakenRows>;
  kinds: (reading: number, window: TimeWindow) => Promise<KindsSnapshot>;
  shape: (reading: number, kind: number) => Promise<Shape | undefined>;
  pairs: (reading: number, window: TimeWindow) => Promise<PairsSnapshot>;
  whole: (reading: number) => Promise<WholeReading>;
  /** `undefined` where the channel carries none. */
  answers: (reading: number) => Promise<AnswersSnapshot | undefined>;
  decode: (stack: readonly ProtocolId[], context: Context, carriers: Carriers) => Promise<Decoded>;
  words: (
    stack: readonly ProtocolId[],
    context: Context,
    carriers: Carriers,
    from: number,
  ) => Promise<readonly RowWords[]>;
  /** Between the last message of the context and the one of its kind before it; `undefined` where there is none. */
  difference: (
    stack: readonly ProtocolId[],
    context: Context,
    carriers: Carriers,
  ) => Promise<Difference | undefined>;
  /** The pair that the message of a row belongs to, as far as the context tells. */
  pair: (
    stack: readonly ProtocolId[],
    context: Context,
    carriers: Carriers,
    row: number,
  ) => Promise<Pair | undefined>;
}
