import type { Reading } from './reading.ts';
import type { MeasuredSubject } from './subject.ts';

export const MEASURE_GROUPS = ['wire', 'time', 'direction', 'load'] as const;
export type MeasureGroup = (typeof MEASURE_GROUPS)[number];

export const GROUP_NAMES: Readonly<Record<MeasureGroup, string>> = {
  wire: 'Bytes on the wire',
  time: 'Time',
  direction: 'Direction',
  load: 'Load',
};

/** What its numbers count; `word` where it has none. */
export type MeasureUnit =
  | 'bytes'
  | 'milliseconds'
  | 'count'
  | 'share'
  | 'per second'
  | 'per minute'
  | 'per hour'
  | 'times'
  | 'word';

/** One thing that is compared: one line of the table. */
export interface MeasureFace {
  readonly id: string;
  readonly group: MeasureGroup;
  readonly label: string;
  readonly unit: MeasureUnit;
  /** What one would rather have; `neither` for what only describes. */
  readonly better: 'less' | 'more' | 'neither';
  /** What it says, in a sentence, for somebody who meets it for the first time. */
  readonly about: string;
}

/** A measure that can be read from each subject by itself. */
export interface MeasureKind extends MeasureFace {
  /** @returns `undefined` where nothing of the kind was seen */
  readonly read: (measured: MeasuredSubject) => Reading | undefined;
}
