import { fieldsOf } from '../core/decoded/data.ts';
import type { Decoder } from './decoder.ts';
import { onePart, quoted } from './result.ts';

/** Registered for hubs by the specification. */
const HUB = /\/\.well-known\/mercure\?(?:.*&)?(?:topic|match\w*)=/u;

/** https://mercure.rocks/spec: updates of a hub as server-sent events; the data is the publisher's own. */
export const mercure: Decoder = {
  id: 'mercure',
  isCarrier: true,
  recognise: ({ url, transport, samples }) => {
    const isStream =
      transport !== 'websocket' && samples.every(({ direction }) => direction === 'received');
    if (!isStream || samples.length === 0 || !HUB.test(url)) return undefined;
    const evidence = [`an event stream from \`/.well-known/mercure\` with topics`];
    const ids = samples.filter(({ lastEventId = '' }) =>
      lastEventId.startsWith('urn:uuid:'),
    ).length;
    if (ids > 0) evidence.push(`${ids} of ${samples.length} events have an id of \`urn:uuid:\``);
    return { confidence: 0.95, evidence };
  },
  load: () =>
    Promise.resolve({
      createReader: () => ({
        read: ({ eventType = 'message', lastEventId = '', payload }) =>
          onePart({
            ...(eventType !== 'message' && { kind: eventType }),
            layers: [
              {
                protocol: 'mercure',
                summary: eventType === 'message' ? 'update' : `update ${quoted(eventType)}`,
                fields: fieldsOf({
                  type: eventType,
                  ...(lastEventId !== '' && { id: lastEventId }),
                }),
                content: { as: 'payload', payload },
              },
            ],
          }),
      }),
    }),
};
