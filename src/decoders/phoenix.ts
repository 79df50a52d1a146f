import type { ProtocolId } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape, hasMembers } from './evidence.ts';

const OWN_EVENT = /^(?:phx_(?:join|leave|reply|close|error)|heartbeat)$/u;
const isRef = (value: unknown) =>
  value === null || value === undefined || typeof value === 'string';

/** Topic and event of a message of either serializer (`Phoenix.Socket.V2.JSONSerializer`, `V1`). */
function namesOf(json: unknown): { topic: string; event: string } | undefined {
  if (Array.isArray(json)) {
    const [joinRef, ref, topic, event] = json as unknown[];
    if (json.length !== 5 || !isRef(joinRef) || !isRef(ref)) return undefined;
    return typeof topic === 'string' && typeof event === 'string' ? { topic, event } : undefined;
  }
  if (!hasMembers(json, { topic: 'string', event: 'string', payload: '?' })) return undefined;
  if (!('payload' in json) || !isRef(json['ref'])) return undefined;
  return { topic: String(json['topic']), event: String(json['event']) };
}

const createPhoenixDecoder = (
  id: ProtocolId,
  label: string,
  confidence: number,
  proves: (topic: string, event: string) => boolean,
): Decoder => ({
  id,
  recognise: (look) =>
    claimByShape(look, {
      confidence,
      shape: `messages of ${label}, by topic and event`,
      fits: (_message, json) => namesOf(json) !== undefined,
      mayBe: ({ payload }) => typeof payload !== 'string',
      proves: (_message, json) => {
        const names = namesOf(json);
        return names !== undefined && proves(names.topic, names.event);
      },
    }),
  load: () => import('./phoenix-codec.ts').then(({ createPhoenixCodec }) => createPhoenixCodec(id)),
});

/** https://hexdocs.pm/phoenix/writing_a_channels_client.html */
export const phoenix = createPhoenixDecoder('phoenix', 'Phoenix channels', 0.9, (_topic, event) =>
  OWN_EVENT.test(event),
);

/** https://supabase.com/docs/guides/realtime/protocol */
export const supabaseRealtime = createPhoenixDecoder(
  'supabase-realtime',
  'Supabase Realtime',
  0.92,
  (topic, event) =>
    topic.startsWith('realtime:') &&
    /^(?:phx_join|phx_reply|postgres_changes|broadcast|presence|presence_state|presence_diff|system|access_token)$/u.test(
      event,
    ),
);
