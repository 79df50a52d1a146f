import { fieldsOf } from '../core/decoded/data.ts';
import type { PairStep, Part, ProtocolId } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import type { Codec } from './decoder.ts';
import { operationName } from './graphql-operation.ts';
import { createJsonCodec } from './json-codec.ts';
import { contentOf, wordOf } from './json-content.ts';
import { createRemembered } from './remembered.ts';
import { pairStep, quoted } from './result.ts';

type Step = PairStep['step'];

/** `complete` of the asker says that it wants no more. */
const STEPS: Readonly<Record<string, Readonly<Record<Direction, Step>>>> = {
  subscribe: { sent: 'subscribe', received: 'subscribe' },
  start: { sent: 'subscribe', received: 'subscribe' },
  next: { sent: 'next', received: 'next' },
  data: { sent: 'next', received: 'next' },
  error: { sent: 'fail', received: 'fail' },
  complete: { sent: 'cancel', received: 'complete' },
  stop: { sent: 'cancel', received: 'cancel' },
};
const HEARTBEATS = ['ping', 'pong', 'ka'];

/** Both protocols; what differs are their words. */
export const createGraphqlCodec = (protocol: ProtocolId): Codec =>
  createJsonCodec(protocol, () => {
    const names = createRemembered<string>();
    return (object, { direction }): Part | undefined => {
      const { type, payload } = object.value;
      if (typeof type !== 'string') return undefined;
      const id = wordOf(object.value['id']);
      const step = id === undefined ? undefined : STEPS[type]?.[direction];
      if (step === 'subscribe' && id !== undefined) names.set(id, operationName(payload) ?? '');
      const isOver = step === 'complete' || step === 'fail';
      const name = id === undefined ? undefined : isOver ? names.take(id) : names.get(id);
      const isHeartbeat = HEARTBEATS.includes(type);
      const content = contentOf(object, 'payload');
      return {
        kind: name === undefined || name === '' ? type : `${type} ${name}`,
        ...(id !== undefined && step !== undefined && { pair: pairStep(step, id, 'sent') }),
        ...(isHeartbeat && { isHeartbeat }),
        ...(step !== 'next' && step !== 'fail' && !isHeartbeat && { isControl: true }),
        layers: [
          {
            protocol,
            summary: name === undefined || name === '' ? type : `${type} ${quoted(name)}`,
            fields: fieldsOf({ type, id }),
            ...(content !== undefined && { content }),
          },
        ],
      };
    };
  });
