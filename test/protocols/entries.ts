import { ENGINE_IO_ENTRIES } from './entries/socket-io.ts';
import { PLAIN_ENTRIES } from './entries/plain.ts';
import { TOKEN_ENTRIES } from './entries/token-stream.ts';
import { AI_SDK_ENTRIES } from './entries/ai-sdk.ts';
import { GEMINI_ENTRIES } from './entries/gemini.ts';
import { ANTHROPIC_ENTRIES } from './entries/anthropic.ts';
import { OPENAI_ENTRIES } from './entries/openai.ts';
import { GRPC_WEB_ENTRIES } from './entries/grpc-web.ts';
import { COMPRESSED_ENTRIES } from './entries/compressed.ts';
import { PROTOBUF_ENTRIES } from './entries/protobuf.ts';
import { AUDIO_ENTRIES } from './entries/audio.ts';
import { TEXT_ENTRIES } from './entries/texts.ts';
import { VALUE_ENTRIES } from './entries/values.ts';
import { CHANNEL_ENTRIES } from './entries/channels.ts';
import { GRAPHQL_ENTRIES } from './entries/graphql.ts';
import { JSON_RPC_ENTRIES } from './entries/json-rpc.ts';
import { SIGNALR_ENTRIES } from './entries/signalr.ts';
import { SOCKJS_ENTRIES, STOMP_ENTRIES } from './entries/stomp.ts';
import { MQTT_ENTRIES } from './entries/mqtt.ts';
import { YJS_ENTRIES } from './entries/yjs.ts';
import { CENTRIFUGO_ENTRIES } from './entries/centrifugo.ts';
import { AMQP_ENTRIES } from './entries/amqp.ts';
import { LIVEKIT_ENTRIES } from './entries/livekit.ts';
import { HUB_ENTRIES } from './entries/hubs.ts';
import { WAMP_ENTRIES } from './entries/wamp.ts';
import { WEBPACK_ENTRIES } from './entries/webpack-hmr.ts';
import type { ProtocolEntry } from './protocol-entry.ts';

/** All recordings, in the order of their names in the fixtures' folder. */
export const PROTOCOL_ENTRIES: readonly ProtocolEntry[] = [
  ...PLAIN_ENTRIES,
  ...TEXT_ENTRIES,
  ...AUDIO_ENTRIES,
  ...VALUE_ENTRIES,
  ...PROTOBUF_ENTRIES,
  ...GRPC_WEB_ENTRIES,
  ...COMPRESSED_ENTRIES,
  ...OPENAI_ENTRIES,
  ...ANTHROPIC_ENTRIES,
  ...GEMINI_ENTRIES,
  ...AI_SDK_ENTRIES,
  ...TOKEN_ENTRIES,
  ...ENGINE_IO_ENTRIES,
  ...SOCKJS_ENTRIES,
  ...STOMP_ENTRIES,
  ...GRAPHQL_ENTRIES,
  ...CHANNEL_ENTRIES,
  ...JSON_RPC_ENTRIES,
  ...MQTT_ENTRIES,
  ...YJS_ENTRIES,
  ...CENTRIFUGO_ENTRIES,
  ...AMQP_ENTRIES,
  ...LIVEKIT_ENTRIES,
  ...HUB_ENTRIES,
  ...SIGNALR_ENTRIES,
  ...WAMP_ENTRIES,
  ...WEBPACK_ENTRIES,
];
