import type { Direction, Payload } from '../facts.ts';
import type { Data } from './data.ts';

/** What a decoder says a payload, or a channel's messages, are; as the report spells it. */
export const PROTOCOL_IDS = [
  'json',
  'ndjson',
  'text',
  'xml',
  'form',
  'binary',
  'base64',
  'image',
  'audio',
  'gzip',
  'deflate',
  'zstd',
  'msgpack',
  'cbor',
  'protobuf',
  'grpc-web',
  'engine.io',
  'socket.io',
  'sockjs',
  'signalr',
  'stomp',
  'wamp',
  'actioncable',
  'phoenix',
  'graphql-transport-ws',
  'subscriptions-transport-ws',
  'graphql-sse',
  'json-rpc',
  'lsp',
  'mcp',
  'mqtt',
  'amqp',
  'pusher',
  'centrifugo',
  'yjs',
  'supabase-realtime',
  'mercure',
  'openai',
  'anthropic',
  'gemini',
  'ai-sdk',
  'token-stream',
  'rfb',
  'livekit',
  'vite-hmr',
  'webpack-hmr',
] as const;
export type ProtocolId = (typeof PROTOCOL_IDS)[number];

/** A message as a decoder gets it. */
export interface WireMessage {
  readonly direction: Direction;
  readonly payload: Payload;
  /** Event streams only. */
  readonly eventType?: string;
  readonly lastEventId?: string;
}

/**
 * What one message amounts to. The raw payload is never replaced by it.
 * A message that a decoder does not understand has no parts and a failure.
 */
export interface Decoded {
  /** What stands in the message, in order: most have one part, a batch has many, the first half of a packet none. */
  readonly parts: readonly Part[];
  readonly failure?: Failure;
}

/** Why a payload, or the rest of it, could not be decoded. */
export interface Failure {
  /** Where decoding stopped: code units of a text, bytes of binary, in the payload of the layer named. */
  readonly offset: number;
  /** In plain words, without a full stop. */
  readonly reason: string;
  readonly layer: ProtocolId;
}

/** One unit of the protocol: an event, a call, a packet. */
export interface Part {
  /** Outermost first; at least one. */
  readonly layers: readonly Layer[];
  /** The name of what it is: an event's name, a method, a topic, a packet type; absent where the protocol gives none. */
  readonly kind?: string;
  readonly pair?: PairStep;
  /** Only there to show that the connection lives. */
  readonly isHeartbeat?: true;
  /** Setting up, tearing down, subscribing: nothing of what the app has to say. */
  readonly isControl?: true;
  /** It completes what an earlier message began (an attachment, the rest of a packet), and is not counted as another one. */
  readonly isContinuation?: true;
}

/** One protocol or format around what it carries. */
export interface Layer {
  readonly protocol: ProtocolId;
  /** On one line, in the protocol's own words: `event “quote”, ack 3`. Hostile text in it stays text. */
  readonly summary: string;
  /** The header of the layer: what the protocol adds to what it carries. */
  readonly fields?: Data;
  /** What it carries; absent where it carries nothing. */
  readonly content?: Content;
}

export type Content =
  /** A JSON text, exactly as it stands in the payload. */
  | { readonly as: 'json'; readonly text: string }
  | { readonly as: 'data'; readonly data: Data }
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'bytes'; readonly bytes: Uint8Array }
  | { readonly as: 'media'; readonly bytes: Uint8Array; readonly mediaType: string }
  /** Not looked at yet: the next decoder of the stack, else the formats, look into it. Never left in a result. */
  | { readonly as: 'payload'; readonly payload: Payload };

/**
 * Its place among messages that belong together.
 * `ask` → `answer` or `fail`; `subscribe` → `next` … → `complete`, `fail`, or the asker's `cancel`.
 * An `answer` to a `subscribe` says that the subscription stands.
 */
export interface PairStep {
  readonly step: 'ask' | 'answer' | 'fail' | 'subscribe' | 'next' | 'complete' | 'cancel';
  /** The same in all that belong together, unlike all others that are open at that time on the connection. */
  readonly id: string;
  /** Who asked: the sender of this message, or the other side. */
  readonly asker: Direction;
}
