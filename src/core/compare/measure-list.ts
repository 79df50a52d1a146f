import { DIRECTION_MEASURES } from './direction-measures.ts';
import { LOAD_MEASURES } from './load-measures.ts';
import type { MeasureKind } from './measure-kinds.ts';
import { TIME_MEASURES } from './time-measures.ts';
import { WIRE_MEASURES } from './wire-measures.ts';

/** All that is compared. */
export const MEASURE_LIST: readonly MeasureKind[] = [
  ...WIRE_MEASURES,
  ...TIME_MEASURES,
  ...DIRECTION_MEASURES,
  ...LOAD_MEASURES,
];
