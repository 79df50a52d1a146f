import type { Subject } from '../../core/compare/subject.ts';
import {
  type DiffSide,
  diffSessions,
  type SessionDiff,
} from '../../core/session-diff/session-diff.ts';
import { giveWay, type SlicedJob } from './in-slices.ts';
import type { MeasuringRoom } from './measure-subject.ts';

/** What changed from one recording to another; what was read of them for the comparison is not read again. */
export async function diffRecordings(
  before: Subject,
  after: Subject,
  room: MeasuringRoom,
  job: SlicedJob,
): Promise<SessionDiff> {
  const sides = [await sideOf(before, room, job), await sideOf(after, room, job)] as const;
  await giveWay(job);
  return diffSessions(...sides);
}

async function sideOf(
  { session, channels }: Subject,
  { read }: MeasuringRoom,
  job: SlicedJob,
): Promise<DiffSide> {
  const sides = [];
  for (const channel of channels) {
    const { kinds, pairs } = await read(session, channel, job);
    sides.push({ channel, kinds, pairs });
  }
  return { session, channels: sides };
}
