import type { ProtocolId } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape, claimBySign, hasMembers, isOneOf } from './evidence.ts';

const NEW_WORDS = ['subscribe', 'next', 'ping', 'pong'] as const;
const OLD_WORDS = [
  'start',
  'stop',
  'data',
  'ka',
  'connection_terminate',
  'connection_error',
] as const;
const SHARED_WORDS = ['connection_init', 'connection_ack', 'error', 'complete'] as const;

/** A subprotocol names each of them; their messages differ in the words. */
function createGraphqlDecoder(
  id: ProtocolId,
  label: string,
  subprotocol: string,
  words: readonly string[],
): Decoder {
  const fits = (_message: unknown, json: unknown) =>
    hasMembers(json, { type: 'string', id: 'string|number?' }) &&
    isOneOf([...words, ...SHARED_WORDS], json['type']);
  return {
    id,
    recognise: (look) => {
      if (look.subprotocol === subprotocol) {
        return claimBySign(look, `subprotocol “${subprotocol}”`, { fits });
      }
      return claimByShape(look, {
        confidence: 0.85,
        shape: `messages of ${label}`,
        fits,
        proves: (_message, json) =>
          hasMembers(json, { type: 'string', id: 'string|number', payload: 'object' }) &&
          isOneOf(words, json['type']) &&
          hasMembers(json['payload'], { query: 'string?', data: 'object?', errors: 'object?' }) &&
          Object.keys(json['payload']).some((name) => isOneOf(['query', 'data', 'errors'], name)),
      });
    },
    load: () =>
      import('./graphql-ws-codec.ts').then(({ createGraphqlCodec }) => createGraphqlCodec(id)),
  };
}

/** https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export const graphqlTransportWs = createGraphqlDecoder(
  'graphql-transport-ws',
  'GraphQL over WebSocket',
  'graphql-transport-ws',
  NEW_WORDS,
);

/** https://github.com/apollographql/subscriptions-transport-ws/blob/master/PROTOCOL.md; its subprotocol is `graphql-ws`. */
export const subscriptionsTransportWs = createGraphqlDecoder(
  'subscriptions-transport-ws',
  'GraphQL subscriptions-transport-ws',
  'graphql-ws',
  OLD_WORDS,
);
