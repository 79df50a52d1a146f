import { formatCountOf, formatSpan } from '../format.ts';
import type { MeasureKind } from './measure-kinds.ts';
import { lifeOf } from './carried.ts';
import { counted } from './reading.ts';
import { resampleRate } from './uncertainty.ts';

const MINUTE = 60_000;

export const LOAD_MEASURES: readonly MeasureKind[] = [
  {
    id: 'requests-per-minute',
    group: 'load',
    label: 'Requests a minute',
    unit: 'per minute',
    better: 'less',
    about: 'Requests and opening handshakes that the server has to answer.',
    read: ({ cost, measures: { load }, subject }) => {
      if (cost === undefined) return undefined;
      const { from, to } = lifeOf(subject);
      // Of one connection that stays open the time after its last message counts as well.
      const time = Math.max(to - from, load.openTime / Math.max(1, load.held));
      return {
        ...counted(
          (cost.requests / time) * MINUTE,
          `${formatCountOf(cost.requests, 'request')} in ${formatSpan(time)}.`,
        ),
        chance: resampleRate(cost.requests, time, MINUTE),
      };
    },
  },
  {
    id: 'held',
    group: 'load',
    label: 'Connections held at once',
    unit: 'count',
    better: 'less',
    about: 'The most at the same time: each costs the server memory while it is open.',
    read: ({ measures: { load } }) =>
      counted(load.held, `Of ${formatCountOf(load.connections, 'connection')} or requests in all.`),
  },
  {
    id: 'http1-slots',
    group: 'load',
    label: 'HTTP/1.1 slots taken',
    unit: 'count',
    better: 'less',
    about: 'Of the six that a browser allows to one host over HTTP/1.1; a seventh request waits.',
    read: ({ measures: { load } }) =>
      counted(load.http1Slots, 'The most that event streams and held requests took at once.'),
  },
  {
    id: 'reconnects',
    group: 'load',
    label: 'Reconnects an hour',
    unit: 'per hour',
    better: 'less',
    about: 'How often a lost connection was opened again.',
    read: ({ measures: { load } }) =>
      load.reconnectsPerHour === undefined
        ? undefined
        : counted(load.reconnectsPerHour, `In ${formatSpan(load.openTime)} of open time.`),
  },
  {
    id: 'idle',
    group: 'load',
    label: 'Idle',
    unit: 'share',
    better: 'neither',
    about: 'Share of open time in which nothing was said for longer than a second.',
    read: ({ measures: { load } }) =>
      load.idleShare === undefined
        ? undefined
        : counted(load.idleShare, `Of ${formatSpan(load.openTime)} of open time.`),
  },
];
