import { distributionOf } from '../../src/core/measures/distribution.ts';
import type { Measures } from '../../src/core/measures/measures.ts';
import { readCarried } from '../../src/core/compare/carried.ts';
import type { CarriedCost } from '../../src/core/compare/carried-cost.ts';
import type { MeasuredSubject, Subject } from '../../src/core/compare/subject.ts';
import { blocksOf } from '../../src/core/compare/time-blocks.ts';
import type { Session } from '../../src/core/session.ts';
import { emptyTally } from '../../src/core/tally.ts';

type MeasureParts = { [Part in keyof Measures]?: Partial<Measures[Part]> };

export function someMeasures({ direction, time, load }: MeasureParts = {}): Measures {
  return {
    direction: {
      used: 'received-only',
      why: 'Nothing was sent.',
      app: emptyTally(),
      heartbeats: emptyTally(),
      chatter: emptyTally(),
      ...direction,
    },
    time: {
      connect: undefined,
      phases: {},
      firstMessage: undefined,
      gaps: undefined,
      jitter: undefined,
      bursts: { count: 0, largest: 0 },
      stalls: { count: 0, longest: 0, rows: [] },
      pairs: undefined,
      delivery: undefined,
      messagesPerSecond: undefined,
      recovery: undefined,
      ...time,
    },
    load: {
      connections: 1,
      held: 1,
      http1Slots: 0,
      reconnectsPerHour: undefined,
      idleShare: undefined,
      openTime: 10_000,
      ...load,
    },
  };
}

/** A cost in three parts, of which headers are estimated. */
export function someCost(
  payload: number,
  framing: number,
  headers: number,
  requests = 1,
): CarriedCost {
  return {
    payload: { value: payload, grade: 'measured', how: 'Counted.' },
    framing: { value: framing, grade: 'computed', how: 'By the rules.' },
    headers: { value: headers, grade: 'estimated', how: 'As usual.' },
    total: payload + framing + headers,
    sent: 0,
    received: payload + framing + headers,
    requests,
  };
}

/** Connect times of a channel, as nothing but a distribution. */
export const spreadOf = (...values: number[]) => {
  const spread = distributionOf(values);
  if (spread === undefined) throw new Error('no values');
  return spread;
};

export function subjectOf(
  session: Session,
  channels: readonly number[],
  name = `channel ${channels.join('+')}`,
): Subject {
  return {
    id: name,
    name,
    kind: channels.length === 1 ? 'channel' : 'group',
    session,
    channels: session.channels.filter(({ id }) => channels.includes(id)),
  };
}

export function measuredOf(
  subject: Subject,
  { measures, cost }: { measures?: MeasureParts; cost?: CarriedCost } = {},
): MeasuredSubject {
  const reading = readCarried(subject, () => 'app');
  let step = reading.next();
  while (step.done !== true) step = reading.next();
  return {
    subject,
    measures: someMeasures(measures),
    cost,
    carried: step.value,
    blocks: blocksOf(subject, step.value),
  };
}
