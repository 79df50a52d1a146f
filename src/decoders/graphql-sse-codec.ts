import { fieldsOf } from '../core/decoded/data.ts';
import type { Codec } from './decoder.ts';
import { operationName } from './graphql-operation.ts';
import { readJsonObject } from './json-parts.ts';
import { failed, onePart, pairStep, quoted } from './result.ts';

/** Where each operation has a stream of its own, nothing names it. */
const ONLY_OPERATION = 'operation';

export const graphqlSseCodec: Codec = {
  createReader: () => {
    let name: string | undefined;
    return {
      read: ({ direction, eventType = 'message', payload }) => {
        const object = typeof payload === 'string' ? readJsonObject(payload) : undefined;
        if (typeof payload !== 'string' || (object === undefined && payload !== '')) {
          return failed('graphql-sse', 0, 'a JSON object was expected');
        }
        const given = object?.value['id'];
        const id = typeof given === 'string' ? given : ONLY_OPERATION;
        if (direction === 'sent') {
          name = operationName(object?.value);
          return onePart({
            kind: name === undefined ? 'subscribe' : `subscribe ${name}`,
            pair: pairStep('subscribe', id, 'sent'),
            layers: [
              {
                protocol: 'graphql-sse',
                summary: name === undefined ? 'request' : `request ${quoted(name)}`,
                content: { as: 'json', text: payload },
              },
            ],
          });
        }
        const isOver = eventType === 'complete';
        const result = typeof given === 'string' ? object?.slice('payload') : payload;
        return onePart({
          kind: name === undefined ? eventType : `${eventType} ${name}`,
          pair: pairStep(isOver ? 'complete' : 'next', id, 'sent'),
          ...(isOver && { isControl: true }),
          layers: [
            {
              protocol: 'graphql-sse',
              summary: typeof given === 'string' ? `${eventType} ${given}` : eventType,
              fields: fieldsOf({
                event: eventType,
                ...(typeof given === 'string' && { id: given }),
              }),
              ...(result !== undefined &&
                result !== '' && { content: { as: 'json' as const, text: result } }),
            },
          ],
        });
      },
    };
  },
};
