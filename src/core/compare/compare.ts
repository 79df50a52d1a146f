import { align, type Alignment } from './align.ts';
import { type Difference, differenceOf } from './difference.ts';
import { MEASURE_LIST } from './measure-list.ts';
import { MEASURE_GROUPS, type MeasureFace } from './measure-kinds.ts';
import { counted, quantileReading, type Reading } from './reading.ts';
import type { MeasuredSubject } from './subject.ts';

/** One measure of all subjects. */
export interface ComparisonRow {
  readonly kind: MeasureFace;
  /** By subject; `undefined` where nothing of the kind was seen. */
  readonly readings: readonly (Reading | undefined)[];
  /** Against the first subject; `undefined` for itself, and where one of the two is missing. */
  readonly differences: readonly (Difference | undefined)[];
  /** The largest difference's. */
  readonly weight: number;
}

/** Subjects side by side; the first one is what the others are compared with. */
export interface Comparison {
  readonly subjects: readonly MeasuredSubject[];
  /** What differs most comes first. */
  readonly rows: readonly ComparisonRow[];
  /** Against the first subject; `undefined` for itself, and where nothing says that they carry the same events. */
  readonly alignments: readonly (Alignment | undefined)[];
}

/** @param subjects two or more; the first one is the baseline */
export function compareSubjects(subjects: readonly MeasuredSubject[]): Comparison {
  const [base] = subjects;
  const alignments = subjects.map((other) =>
    base === undefined || other === base ? undefined : align(base, other),
  );
  const rows = [
    rowOf(LAG, lagReadings(alignments)),
    ...MEASURE_LIST.map((kind) =>
      rowOf(
        kind,
        subjects.map((subject) => kind.read(subject)),
      ),
    ),
  ];
  return {
    subjects,
    rows: rows
      .filter(({ readings }) => readings.some((reading) => reading !== undefined))
      .toSorted((a, b) => b.weight - a.weight),
    alignments,
  };
}

/** The only measure that no subject has by itself. */
const LAG: MeasureFace = {
  id: 'lag',
  group: 'time',
  label: 'The same events, how much later',
  unit: 'milliseconds',
  better: 'less',
  about:
    'How much later an event came than the same event in the baseline; below 0 it was earlier.',
};

function lagReadings(alignments: Comparison['alignments']): (Reading | undefined)[] {
  if (alignments.every((each) => each?.lag === undefined)) return [];
  return alignments.map((alignment, index) =>
    index === 0
      ? counted(0, 'The others are compared with it.')
      : quantileReading(alignment?.lag, 0.5, `${alignment?.evidence ?? ''} Median.`),
  );
}

function rowOf(kind: MeasureFace, readings: ComparisonRow['readings']): ComparisonRow {
  const [base] = readings;
  const differences = readings.map((reading, index) =>
    index === 0 || reading === undefined || base === undefined
      ? undefined
      : differenceOf(kind, reading, base),
  );
  return {
    kind,
    readings,
    differences,
    weight: Math.max(0, ...differences.map((each) => each?.weight ?? 0)),
  };
}

/** The same rows by what they are about; within a group what differs most comes first. */
export function byGroup(rows: readonly ComparisonRow[]): ComparisonRow[] {
  return MEASURE_GROUPS.flatMap((group) => rows.filter(({ kind }) => kind.group === group));
}
