import { fieldsOf } from '../core/decoded/data.ts';
import type { PairStep, Part, ProtocolId } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import type { Codec } from './decoder.ts';
import { type PhoenixMessage, readPhoenixBytes, readPhoenixText } from './phoenix-message.ts';
import { createRemembered, type Remembered } from './remembered.ts';
import { failed, onePart, pairStep, quoted } from './result.ts';

const CONTROL = ['phx_join', 'phx_leave', 'phx_close', 'phx_error', 'access_token', 'system'];
const HEARTBEAT_TOPIC = 'phoenix';

/** Channels of Phoenix, and of Supabase, which speaks the same. */
export const createPhoenixCodec = (protocol: ProtocolId): Codec => ({
  createReader: () => {
    /** By the ref of a join: its topic; by topic: the ref. */
    const joins = createRemembered<string>();
    const topics = createRemembered<string>();
    return {
      read: ({ payload, direction }) => {
        const message =
          typeof payload === 'string'
            ? readPhoenixText(payload)
            : readPhoenixBytes(payload, direction === 'received');
        if (message === undefined) {
          return failed(protocol, 0, 'a message with a topic and an event was expected');
        }
        const pair = pairOf(message, direction, { joins, topics });
        return onePart(partOf(protocol, message, pair));
      },
    };
  },
});

interface Known {
  joins: Remembered<string>;
  topics: Remembered<string>;
}

/** A join is a subscription to its topic, and every other push with a ref a question. */
function pairOf(
  { joinRef, ref, topic, event, status }: PhoenixMessage,
  direction: Direction,
  { joins, topics }: Known,
): PairStep | undefined {
  if (direction === 'sent') {
    if (event === 'phx_join' && ref !== undefined) {
      joins.set(ref, topic);
      topics.set(topic, ref);
      return pairStep('subscribe', joinId(ref), 'sent');
    }
    return ref === undefined ? undefined : pairStep('ask', ref, 'sent');
  }
  if (event === 'phx_reply') {
    if (ref === undefined) return undefined;
    const id = joins.get(ref) === topic ? joinId(ref) : ref;
    return pairStep(status === 'error' ? 'fail' : 'answer', id, 'sent');
  }
  const join = joinRef ?? topics.get(topic);
  if (join === undefined || joins.get(join) !== topic) return undefined;
  if (event === 'phx_close') return pairStep('complete', joinId(join), 'sent');
  return pairStep(event === 'phx_error' ? 'fail' : 'next', joinId(join), 'sent');
}

const joinId = (ref: string) => `join ${ref}`;

/** A LiveView sends what changed on its page as `diff`, and answers with one. */
const liveView = ({ topic, event, answers }: PhoenixMessage): string => {
  if (!topic.startsWith('lv:')) return '';
  if (answers.includes('rendered')) return ', LiveView rendered';
  return event === 'diff' || answers.includes('diff') ? ', LiveView diff' : ', LiveView';
};

function partOf(protocol: ProtocolId, message: PhoenixMessage, pair: PairStep | undefined): Part {
  const { topic, event, userEvent, metadata, status, joinRef, ref, content } = message;
  const isHeartbeat = topic === HEARTBEAT_TOPIC;
  const isJoinAnswered = event === 'phx_reply' && pair?.id.startsWith('join ') === true;
  const told = [event, status, userEvent].filter((word) => word !== undefined).join(' ');
  return {
    kind: userEvent === undefined ? event : `${event} ${userEvent}`,
    ...(pair !== undefined && { pair }),
    ...(isHeartbeat && { isHeartbeat }),
    ...((CONTROL.includes(event) || isJoinAnswered) && !isHeartbeat && { isControl: true }),
    layers: [
      {
        protocol,
        summary: `${told} on ${quoted(topic)}${liveView(message)}`,
        fields: fieldsOf({
          topic,
          event,
          'user event': userEvent,
          status,
          ref,
          'join ref': joinRef,
          metadata,
        }),
        ...(content !== undefined && { content }),
      },
    ],
  };
}
