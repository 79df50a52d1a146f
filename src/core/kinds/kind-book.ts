import { createNumberColumn, type NumberColumn } from '../column.ts';
import type { Data } from '../decoded/data.ts';
import type { Part } from '../decoded/decoded.ts';
import { dataOfPart } from '../decoded/part-data.ts';
import { createDensity, type Density } from '../density.ts';
import type { Direction } from '../facts.ts';
import { addToShape, createShape, type Shape } from '../shape/shape.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import { type KindBasis, nameKind } from './name-kind.ts';
import { createRowKinds } from './row-kinds.ts';
import { fieldsOfData, findTypeField, type TypeField } from './type-field.ts';

/** Messages of one direction that are the same thing. */
export interface Kind {
  readonly id: number;
  readonly name: string;
  readonly direction: Direction;
  readonly basis: KindBasis;
  readonly isHeartbeat: boolean;
  readonly isControl: boolean;
  /** Units of the protocol: a batch counts what is in it. */
  messages: number;
  /** A batch's bytes are shared out evenly. */
  bytes: Bytes;
  readonly firstAt: Milliseconds;
  lastAt: Milliseconds;
  /** The longest time between two of them. */
  longestPause: Milliseconds;
  /** Rows of the message store that hold one. */
  readonly rows: NumberColumn;
  readonly density: Density;
  /** What its data look like; of kinds without data nothing was taken in. */
  readonly shape: Shape;
}

/** A message that was decoded. */
export interface KindEntry {
  readonly row: number;
  readonly at: Milliseconds;
  readonly direction: Direction;
  readonly byteLength: Bytes;
  readonly parts: readonly Part[];
  /** Event streams: the event type, where the server gave one. */
  readonly eventType?: string;
}

/** The kinds of one channel, learned message by message. */
export interface KindBook {
  take: (entry: KindEntry) => void;
  /** In the order in which they were seen first. */
  readonly kinds: readonly Kind[];
  /** The kind of a row: of a batch, that of its first unit. */
  kindOf: (row: number) => Kind | undefined;
  /** The fields that tell messages apart, where the protocol does not. */
  readonly fields: Readonly<Record<Direction, TypeField | undefined>>;
  /** Rows whose kind may still become another one, for too few came to know; `undefined` once all stand. */
  readonly unsettled: readonly number[] | undefined;
  /** Kinds beyond the limit are counted as one: `(others)`. */
  readonly othersFrom: number | undefined;
}

/** From the first so many messages the telling field is concluded; after that it stands. */
const FIRST = 64;
export const MOST_KINDS = 400;

export function createKindBook(): KindBook {
  /** Until the telling fields stand, everything is named anew when somebody looks. */
  let first: KindEntry[] | undefined = [];
  let ledger = createLedger({ sent: undefined, received: undefined });
  let isStale = false;

  function current(): Ledger {
    if (first === undefined || !isStale) return ledger;
    ledger = createLedger(fieldsIn(first));
    for (const entry of first) ledger.book(entry);
    isStale = false;
    return ledger;
  }

  return {
    take: (entry) => {
      if (first === undefined) {
        ledger.book(entry);
        return;
      }
      first.push(entry);
      isStale = true;
      if (first.length < FIRST) return;
      current();
      first = undefined;
    },
    get kinds() {
      return current().kinds;
    },
    kindOf: (row) => current().kindOf(row),
    get fields() {
      return current().fields;
    },
    get unsettled() {
      return first?.map(({ row }) => row);
    },
    get othersFrom() {
      return current().kinds.length >= MOST_KINDS ? MOST_KINDS : undefined;
    },
  };
}

type FoundFields = Readonly<Record<Direction, TypeField | undefined>>;

function fieldsIn(entries: readonly KindEntry[]): FoundFields {
  const of = (direction: Direction) =>
    findTypeField(
      entries
        .filter((entry) => entry.direction === direction)
        .flatMap(({ parts }) => parts)
        .filter(({ kind }) => kind === undefined)
        .map((part) => fieldsOfData(dataOfPart(part)))
        .filter((fields) => fields !== undefined),
    );
  return { sent: of('sent'), received: of('received') };
}

/** Where messages are booked once it stands how they are told apart. */
interface Ledger {
  readonly kinds: readonly Kind[];
  readonly fields: FoundFields;
  book: (entry: KindEntry) => void;
  kindOf: (row: number) => Kind | undefined;
}

function createLedger(found: FoundFields): Ledger {
  const fields = { ...found };
  const kinds: Kind[] = [];
  const byName = new Map<string, Kind>();
  const rowKinds = createRowKinds();

  function kindFor(part: Part, data: Data | undefined, entry: KindEntry): Kind {
    const { direction, at, eventType } = entry;
    // A direction that was silent at first is told apart from its first message on.
    if (part.kind === undefined && fields[direction] === undefined) {
      const own = fieldsOfData(data);
      if (own !== undefined) fields[direction] = findTypeField([own]);
    }
    const { name, basis } = nameKind(part, data, { field: fields[direction], eventType });
    const key = `${direction} ${basis} ${name}`;
    const known = byName.get(key);
    if (known !== undefined) return known;
    const isFull = kinds.length >= MOST_KINDS - 1;
    const others = byName.get('others');
    if (isFull && others !== undefined) return others;
    const fresh: Kind = {
      id: kinds.length,
      name: isFull ? '(others)' : name,
      direction,
      basis,
      isHeartbeat: part.isHeartbeat === true,
      isControl: part.isControl === true,
      messages: 0,
      bytes: 0,
      firstAt: at,
      lastAt: at,
      longestPause: 0,
      rows: createNumberColumn(Uint32Array),
      density: createDensity(),
      shape: createShape(),
    };
    kinds.push(fresh);
    byName.set(isFull ? 'others' : key, fresh);
    return fresh;
  }

  function book(entry: KindEntry): void {
    const { parts, row, at, direction, byteLength } = entry;
    const [head] = parts;
    if (head === undefined) return;
    let rowKind: Kind | undefined;
    for (const part of parts) {
      const data = part.isContinuation === true ? undefined : dataOfPart(part);
      const kind = kindFor(part, data, entry);
      rowKind ??= kind;
      kind.bytes += byteLength / parts.length;
      kind.longestPause = Math.max(kind.longestPause, at - kind.lastAt);
      kind.lastAt = Math.max(kind.lastAt, at);
      if (part.isContinuation === true) continue;
      kind.messages += 1;
      kind.density.add(at, direction, byteLength / parts.length);
      if (kind.rows.length === 0 || kind.rows.get(kind.rows.length - 1) !== row)
        kind.rows.push(row);
      if (data !== undefined) addToShape(kind.shape, data);
    }
    rowKinds.set(row, rowKind?.id ?? 0);
  }

  return {
    kinds,
    fields,
    book,
    kindOf: (row) => {
      const id = rowKinds.of(row);
      return id === undefined ? undefined : kinds[id];
    },
  };
}
