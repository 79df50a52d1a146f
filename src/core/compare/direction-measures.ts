import type { DirectionTally } from '../facts.ts';
import { formatCount, formatCountOf } from '../format.ts';
import type { DirectionUsed } from '../measures/measures.ts';
import type { MeasureKind } from './measure-kinds.ts';
import { counted } from './reading.ts';

export const DIRECTION_WORDS: Readonly<Record<DirectionUsed, string>> = {
  'received-only': 'received only',
  'sent-only': 'sent only',
  'request-answer': 'request and answer',
  'two-way': 'two-way',
  none: 'nothing of the app',
};

export const DIRECTION_MEASURES: readonly MeasureKind[] = [
  {
    id: 'direction-used',
    group: 'direction',
    label: 'Direction really used',
    unit: 'word',
    better: 'neither',
    about: 'Who really talks, heartbeats and subscriptions set aside.',
    read: ({ measures: { direction } }) => ({
      ...counted(0, direction.why),
      word: DIRECTION_WORDS[direction.used],
    }),
  },
  {
    id: 'sent-share',
    group: 'direction',
    label: 'Sent by the page',
    unit: 'share',
    better: 'neither',
    about: 'Share of the app’s messages that went from the page to the server.',
    read: ({ measures: { direction } }) => shareOf(direction.app.sent, messagesOf(direction.app)),
  },
  {
    id: 'heartbeat-share',
    group: 'direction',
    label: 'Heartbeats',
    unit: 'share',
    better: 'less',
    about: 'Share of all messages that only say “still here”.',
    read: ({ measures: { direction } }) =>
      share(messagesOf(direction.heartbeats), allOf(direction), 'heartbeats'),
  },
  {
    id: 'chatter-share',
    group: 'direction',
    label: 'Subscriptions and protocol',
    unit: 'share',
    better: 'less',
    about: 'Share of all messages that the protocol says for itself.',
    read: ({ measures: { direction } }) =>
      share(messagesOf(direction.chatter), allOf(direction), 'of the protocol itself'),
  },
  {
    id: 'back-channel',
    group: 'direction',
    label: 'Requests beside the stream',
    unit: 'count',
    better: 'less',
    about: 'POSTs to the same origin after which the event stream spoke: a hidden back channel.',
    read: ({ measures: { direction } }) =>
      direction.backChannel === undefined
        ? undefined
        : counted(
            direction.backChannel.requests,
            `${formatCountOf(direction.backChannel.requests, 'request')}, of which ${formatCount(direction.backChannel.answered)} were answered by an event.`,
          ),
  },
];

const messagesOf = ({ sent, received }: DirectionTally): number =>
  sent.messages + received.messages;

const allOf = ({
  app,
  heartbeats,
  chatter,
}: Readonly<Record<'app' | 'heartbeats' | 'chatter', DirectionTally>>): number =>
  messagesOf(app) + messagesOf(heartbeats) + messagesOf(chatter);

const shareOf = ({ messages }: { messages: number }, all: number) =>
  share(messages, all, 'sent by the page');

function share(part: number, all: number, word: string) {
  if (all === 0) return undefined;
  return counted(part / all, `${formatCount(part)} of ${formatCountOf(all, 'message')} ${word}.`);
}
