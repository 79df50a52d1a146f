import { fieldsOf } from '../core/decoded/data.ts';
import type { PairStep } from '../core/decoded/decoded.ts';
import { createJsonCodec, type ReadObject } from './json-codec.ts';
import { contentOf } from './json-content.ts';
import { isRecord, readJson } from './json-parts.ts';
import { pairStep, quoted } from './result.ts';

const HEARTBEATS = ['pusher:ping', 'pusher:pong'];
const STEPS: Readonly<Record<string, PairStep['step']>> = {
  'pusher:subscribe': 'subscribe',
  'pusher:unsubscribe': 'cancel',
  'pusher_internal:subscription_succeeded': 'answer',
  'pusher:subscription_succeeded': 'answer',
  'pusher:subscription_error': 'fail',
};

const read: ReadObject = (object, { direction }) => {
  const { event, channel: named, data } = object.value;
  if (typeof event !== 'string') return undefined;
  const isOwn = /^pusher(?:_internal)?:/u.test(event);
  const channel = typeof named === 'string' ? named : channelIn(data);
  const step = STEPS[event] ?? (direction === 'received' && !isOwn ? 'next' : undefined);
  const isHeartbeat = HEARTBEATS.includes(event);
  const content = contentOf(object, 'data');
  return {
    kind: event,
    ...(channel !== undefined && step !== undefined && { pair: pairStep(step, channel, 'sent') }),
    ...(isHeartbeat && { isHeartbeat }),
    ...(isOwn && !isHeartbeat && { isControl: true }),
    layers: [
      {
        protocol: 'pusher',
        summary: channel === undefined ? event : `${event} on ${quoted(channel)}`,
        fields: fieldsOf({ event, channel }),
        ...(content !== undefined && { content }),
      },
    ],
  };
};

/** What the client asks for stands in the data. */
function channelIn(data: unknown): string | undefined {
  const value = typeof data === 'string' ? readJson(data) : data;
  const channel = isRecord(value) ? value['channel'] : undefined;
  return typeof channel === 'string' ? channel : undefined;
}

export const pusherCodec = createJsonCodec('pusher', () => read);
