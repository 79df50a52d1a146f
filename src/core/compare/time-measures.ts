import type { Distribution } from '../measures/distribution.ts';
import { formatCountOf, formatSpan } from '../format.ts';
import type { MeasureKind } from './measure-kinds.ts';
import { quantileReading } from './reading.ts';
import type { MeasuredSubject } from './subject.ts';
import { resampleDistance, resampleRate } from './uncertainty.ts';

export const TIME_MEASURES: readonly MeasureKind[] = [
  span(
    'delivery-median',
    'Delivery delay, median',
    'How much later messages came than the server says it sent them, beyond the fastest one.',
    ({ measures }) => measures.time.delivery?.delays,
    0.5,
  ),
  span(
    'delivery-p95',
    'Delivery delay, 95 of 100 within',
    'So late only one message in twenty is.',
    ({ measures }) => measures.time.delivery?.delays,
    0.95,
  ),
  span(
    'pair-median',
    'Request to answer, median',
    'From a request of the page to the answer that belongs to it.',
    ({ measures }) => measures.time.pairs,
    0.5,
  ),
  span(
    'pair-p95',
    'Request to answer, 95 of 100 within',
    'The slow ones: one in twenty takes longer.',
    ({ measures }) => measures.time.pairs,
    0.95,
  ),
  span(
    'connect',
    'Time to connect, median',
    'From the constructor, or the request, to open: name, TCP, TLS and handshake together.',
    ({ measures }) => measures.time.connect,
    0.5,
  ),
  span(
    'first-message',
    'Time to the first message, median',
    'From the constructor, or the request, to the first message received.',
    ({ measures }) => measures.time.firstMessage,
    0.5,
  ),
  span(
    'gap-median',
    'Gap between messages, median',
    'Between messages of the app that came one after the other on one connection.',
    ({ measures }) => measures.time.gaps,
    0.5,
    'neither',
  ),
  span(
    'gap-p95',
    'Gap between messages, 95 of 100 within',
    'The long pauses: one in twenty is longer.',
    ({ measures }) => measures.time.gaps,
    0.95,
    'neither',
  ),
  {
    id: 'jitter',
    group: 'time',
    label: 'Jitter',
    unit: 'milliseconds',
    better: 'less',
    about: 'How much a gap differs from the one before it, on average.',
    read: ({ measures: { time } }) =>
      time.jitter === undefined
        ? undefined
        : {
            value: time.jitter,
            grade: 'measured',
            how: `Mean distance between a gap and the one before it, of ${formatCountOf(time.gaps?.count ?? 0, 'gap')}.`,
            chance: resampleDistance(time.jitter, time.gaps?.count ?? 0) ?? 'too few',
          },
  },
  {
    id: 'longest-stall',
    group: 'time',
    label: 'Longest stall',
    unit: 'milliseconds',
    better: 'less',
    about: 'A gap so much longer than usual that somebody waited; 0 where there was none.',
    read: ({ measures: { time } }) =>
      time.gaps === undefined
        ? undefined
        : {
            value: time.stalls.longest,
            grade: 'measured',
            how: `${formatCountOf(time.stalls.count, 'stall')}; the usual gap is ${formatSpan(time.gaps.p50)}.`,
            // One accident tells nothing of the next.
            chance: time.stalls.count === 0 ? 'exact' : 'too few',
          },
  },
  {
    id: 'messages-per-second',
    group: 'time',
    label: 'Messages a second',
    unit: 'per second',
    better: 'neither',
    about: 'Messages of the app in a second in which it was open.',
    read: ({ measures: { time, direction } }) => {
      if (time.messagesPerSecond === undefined || time.messagesPerSecond <= 0) return undefined;
      const count = direction.app.sent.messages + direction.app.received.messages;
      return {
        value: time.messagesPerSecond,
        grade: 'measured',
        how: `${formatCountOf(count, 'message')} of the app in ${formatSpan((count / time.messagesPerSecond) * 1_000)}.`,
        chance: resampleRate(count, (count / time.messagesPerSecond) * 1_000, 1_000),
      };
    },
  },
  span(
    'recovery',
    'Recovery after a loss, median',
    'From the loss of a connection to the first message after it.',
    ({ measures }) => measures.time.recovery,
    0.5,
  ),
];

function span(
  id: string,
  label: string,
  about: string,
  of: (measured: MeasuredSubject) => Distribution | undefined,
  share: number,
  better: MeasureKind['better'] = 'less',
): MeasureKind {
  return {
    id,
    group: 'time',
    label,
    unit: 'milliseconds',
    better,
    about,
    read: (measured) => quantileReading(of(measured), share, about),
  };
}
