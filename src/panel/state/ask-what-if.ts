import type { Subject } from '../../core/compare/subject.ts';
import { type WhatIf, whatIf } from '../../core/what-if/what-if.ts';
import { isCompressed, measureCompression } from '../../core/wire-cost/compression.ts';
import { trafficOf } from '../../core/wire-cost/traffic.ts';
import { type Carrier, CARRIERS, type CarryOptions } from '../../core/wire-cost/wire-cost.ts';
import { giveWay, type SlicedJob } from './in-slices.ts';
import { type MeasuringRoom, readSubject } from './measure-subject.ts';
import { deflateFor } from './start-deflate.ts';

/** A channel's traffic on every carrier, the one that it has first. */
export interface Carried {
  readonly carrier: Carrier;
  readonly isAsIs: boolean;
  readonly answer: WhatIf;
}

/**
 * @param subject one channel
 * @returns `undefined` where its transport is one that nobody can choose instead of another
 */
export async function askWhatIf(
  subject: Subject,
  room: MeasuringRoom,
  options: CarryOptions,
  job: SlicedJob,
): Promise<readonly Carried[] | undefined> {
  const [channel] = subject.channels;
  if (channel === undefined) return undefined;
  const { classOf } = await readSubject(subject, room, job);
  const traffic = trafficOf(subject.session, channel, classOf);
  if (traffic === undefined) return undefined;
  const others = CARRIERS.filter((carrier) => carrier !== traffic.carrier);
  // As it is it may compress, also where the user asks for others that do not.
  const compresses = options.isCompressed === true || isCompressed(channel);
  const compression = compresses
    ? await measureCompression(subject.session, channel, deflateFor(job), { carry: options })
    : undefined;
  const answers: Carried[] = [];
  for (const carrier of [traffic.carrier, ...others]) {
    answers.push({
      carrier,
      isAsIs: carrier === traffic.carrier,
      answer: whatIf(traffic, carrier, options, compression),
    });
    await giveWay(job);
  }
  return answers;
}
