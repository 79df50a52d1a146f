import type { Channel } from '../../core/channel.ts';
import { sumCosts } from '../../core/compare/carried-cost.ts';
import { readCarried } from '../../core/compare/carried.ts';
import type { MeasuredSubject, Subject } from '../../core/compare/subject.ts';
import { blocksOf } from '../../core/compare/time-blocks.ts';
import { measureChannels } from '../../core/measures/measure.ts';
import { type ClassOfRow, classRows } from '../../core/measures/row-class.ts';
import type { Session } from '../../core/session.ts';
import type { Story } from '../../core/story/story-types.ts';
import { isCompressed, measureCompression } from '../../core/wire-cost/compression.ts';
import { trafficOf } from '../../core/wire-cost/traffic.ts';
import { costOf } from '../../core/wire-cost/wire-costs.ts';
import type { WholeReading } from '../decoding/snapshots.ts';
import { withColumns } from './read-rows.ts';
import { giveWay, inSlices, type SlicedJob } from './in-slices.ts';
import { deflateFor } from './start-deflate.ts';

/** What measuring needs beside the subject. */
export interface MeasuringRoom {
  /** Up to date with the session. */
  readonly storyOf: (session: Session) => Pick<Story, 'of' | 'isHeartbeat'>;
  /** What decoding the whole channel amounts to. */
  readonly read: (session: Session, channel: Channel, job: SlicedJob) => Promise<WholeReading>;
}

/** What each row of a subject is for, and its requests with their answers. */
export interface ReadSubject {
  readonly classOf: ClassOfRow;
  readonly readings: readonly WholeReading[];
}

/** Decodes all channels of a subject; progress is told in messages of the whole subject. */
export async function readSubject(
  { session, channels }: Subject,
  { storyOf, read }: MeasuringRoom,
  job: SlicedJob,
): Promise<ReadSubject> {
  const readings: WholeReading[] = [];
  let before = 0;
  for (const channel of channels) {
    const from = before;
    readings.push(
      await read(session, channel, {
        get isCancelled() {
          return job.isCancelled;
        },
        onProgress: (done) => {
          job.onProgress(from + done);
        },
      }),
    );
    before += channel.rows.length;
  }
  const story = storyOf(session);
  return { classOf: classRows(story.isHeartbeat, readings.map(withColumns)), readings };
}

/** Measures a subject; whole channels are decoded first, in their own thread. */
export async function measureSubject(
  subject: Subject,
  room: MeasuringRoom,
  job: SlicedJob,
): Promise<MeasuredSubject> {
  const { session, channels } = subject;
  const { classOf, readings } = await readSubject(subject, room, job);
  await giveWay(job);
  const measures = measureChannels({
    session,
    channels,
    story: room.storyOf(session),
    classOf,
    pairs: readings.flatMap(({ pairs }) => pairs),
  });
  const costs = [];
  for (const channel of channels) {
    await giveWay(job);
    const traffic = trafficOf(session, channel, classOf);
    if (traffic === undefined) continue;
    const { carrier } = traffic;
    const compression = isCompressed(channel)
      ? await measureCompression(session, channel, deflateFor(job), { carriers: [carrier] })
      : undefined;
    costs.push(costOf(traffic, carrier, {}, compression));
  }
  const carried = await inSlices(readCarried(subject, classOf), {
    get isCancelled() {
      return job.isCancelled;
    },
    onProgress: () => undefined,
  });
  return { subject, measures, cost: sumCosts(costs), carried, blocks: blocksOf(subject, carried) };
}
