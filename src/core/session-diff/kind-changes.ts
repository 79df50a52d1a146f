import { type Difference, differenceOf } from '../compare/difference.ts';
import type { MeasureUnit } from '../compare/measure-kinds.ts';
import { quantileReading, type Reading } from '../compare/reading.ts';
import { resampleRate } from '../compare/uncertainty.ts';
import { distributionOf } from '../measures/distribution.ts';
import type { Session } from '../session.ts';
import type { Milliseconds } from '../units.ts';
import { type FieldChange, fieldChanges } from './field-changes.ts';
import type { DiffChannel, DiffKind } from './session-diff.ts';

/** How one thing about a kind changed. */
export interface KindDifference {
  readonly what: 'size' | 'rate' | 'latency';
  readonly unit: MeasureUnit;
  readonly before: Reading;
  readonly after: Reading;
  readonly difference: Difference;
}

/** What became of a kind. */
export interface KindChange {
  readonly name: string;
  readonly direction: DiffKind['direction'];
  readonly fate: 'new' | 'missing' | 'kept';
  readonly before: DiffKind | undefined;
  readonly after: DiffKind | undefined;
  /** Of kinds that both have. */
  readonly differences: readonly KindDifference[];
  readonly fields: readonly FieldChange[];
  /** Larger for what changed more; 0 for what did not. */
  readonly weight: number;
}

/** A channel in its recording. */
type Side = DiffChannel & { readonly session: Session };

/** A kind that came or went weighs more than one that changed. */
const CAME_OR_WENT = 100;
/** A changed field may break who reads it; a larger message only costs. */
const FIELD_WEIGHT = 10;
const SECOND: Milliseconds = 1000;

export function kindChanges(before: Side, after: Side): KindChange[] {
  const [old, fresh] = [byKey(before), byKey(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((key) => changeOf(old.get(key), fresh.get(key), before, after))
    .filter((change) => change !== undefined)
    .sort((a, b) => b.weight - a.weight || a.name.localeCompare(b.name));
}

const byKey = ({ kinds }: Side): Map<string, DiffKind> =>
  new Map(kinds.map((kind) => [`${kind.direction} ${kind.name}`, kind]));

function changeOf(
  old: DiffKind | undefined,
  fresh: DiffKind | undefined,
  before: Side,
  after: Side,
): KindChange | undefined {
  const either = old ?? fresh;
  if (either === undefined) return undefined;
  const { name, direction } = either;
  if (old === undefined || fresh === undefined) {
    const fate = old === undefined ? 'new' : 'missing';
    const weight = CAME_OR_WENT + Math.log2(either.messages + 1);
    return {
      name,
      direction,
      fate,
      before: old,
      after: fresh,
      differences: [],
      fields: [],
      weight,
    };
  }
  const differences = differencesOf(old, fresh, before, after);
  const fields = fieldChanges(old.shape, fresh.shape);
  const weight =
    differences.reduce((sum, { difference }) => sum + difference.weight, 0) +
    fields.length * FIELD_WEIGHT;
  return { name, direction, fate: 'kept', before: old, after: fresh, differences, fields, weight };
}

function differencesOf(
  old: DiffKind,
  fresh: DiffKind,
  before: Side,
  after: Side,
): KindDifference[] {
  const both = (
    what: KindDifference['what'],
    unit: MeasureUnit,
    better: 'less' | 'neither',
    read: (kind: DiffKind, side: Side) => Reading | undefined,
  ): KindDifference[] => {
    const [a, b] = [read(old, before), read(fresh, after)];
    if (a === undefined || b === undefined) return [];
    return [{ what, unit, before: a, after: b, difference: differenceOf({ unit, better }, b, a) }];
  };
  return [
    ...both('size', 'bytes', 'less', sizeOf),
    ...both('rate', 'per second', 'neither', rateOf),
    ...both('latency', 'milliseconds', 'less', latencyOf),
  ];
}

function sizeOf({ rows }: DiffKind, { session: { messages } }: Side): Reading | undefined {
  const sizes = distributionOf(Array.from(rows, messages.byteLength));
  return quantileReading(sizes, 0.5, 'The median size of its messages.');
}

/** By the time that its channel was open: two recordings are seldom of the same length. */
function rateOf({ messages }: DiffKind, { channel, session }: Side): Reading | undefined {
  const time = channel.connections.reduce(
    (sum, { openedAt, endedAt = session.lastAt }) =>
      openedAt === undefined ? sum : sum + Math.max(0, endedAt - openedAt),
    0,
  );
  if (time < SECOND) return undefined;
  return {
    value: (messages / time) * SECOND,
    grade: 'measured',
    how: `${messages} in ${Math.round(time / SECOND)} s of open connections.`,
    chance: resampleRate(messages, time, SECOND),
  };
}

function latencyOf({ name, direction }: DiffKind, { pairs }: Side): Reading | undefined {
  const own = pairs.filter(({ kind, asker }) => kind === name && asker === direction);
  const latencies = own.map(({ latency }) => latency).filter((each) => each !== undefined);
  return quantileReading(distributionOf(latencies), 0.5, 'The median time to its answer.');
}
