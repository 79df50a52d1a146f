import type { Decoder } from './decoder.ts';
import { claimByShape, hasMembers } from './evidence.ts';
import { isRecord } from './json-parts.ts';

const isResult = (json: unknown): boolean =>
  hasMembers(json, { data: '?', errors: 'object?', extensions: 'object?' }) &&
  Object.keys(json).every((name) => ['data', 'errors', 'extensions', 'hasNext'].includes(name)) &&
  Object.keys(json).length > 0;

/** https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md */
export const graphqlSse: Decoder = {
  id: 'graphql-sse',
  recognise: (look) =>
    claimByShape(look, {
      confidence: 0.9,
      shape: '`next` and `complete` events with results of GraphQL',
      fits: ({ direction, eventType, payload }, json) => {
        if (direction === 'sent') return hasMembers(json, { query: 'string' });
        if (eventType === 'complete') return payload === '' || hasMembers(json, { id: 'string' });
        return (
          eventType === 'next' &&
          (isResult(json) || isResult(isRecord(json) ? json['payload'] : json))
        );
      },
      proves: ({ eventType }) => eventType === 'next',
    }),
  load: () => import('./graphql-sse-codec.ts').then(({ graphqlSseCodec }) => graphqlSseCodec),
};
