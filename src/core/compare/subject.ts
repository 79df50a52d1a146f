import type { Channel } from '../channel.ts';
import type { Measures } from '../measures/measures.ts';
import type { Session } from '../session.ts';
import type { CarriedCost } from './carried-cost.ts';
import type { Carried } from './carried.ts';
import type { Block } from './time-blocks.ts';

/** What can stand beside others: a channel, several as one, or a whole recording. */
export interface Subject {
  /** The same for the same choice, as long as the panel lives. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'session';
  readonly session: Session;
  readonly channels: readonly Channel[];
}

/** A subject with all that is known of it; everything that is compared is read from here. */
export interface MeasuredSubject {
  readonly subject: Subject;
  readonly measures: Measures;
  /** Absent where nobody can say what its transport costs on the wire (data channels, WebTransport). */
  readonly cost: CarriedCost | undefined;
  readonly carried: Carried;
  /** Even stretches of its time, for how sure a mean is. */
  readonly blocks: readonly Block[];
}

/** Subjects are told apart by a letter, and by a colour beside it: the sixth is `F`. */
export const SUBJECT_MARKS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const MOST_SUBJECTS = SUBJECT_MARKS.length;
export type SubjectMark = (typeof SUBJECT_MARKS)[number];

export const markOf = (index: number): SubjectMark => SUBJECT_MARKS[index] ?? 'F';
