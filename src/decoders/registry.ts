import type { ProtocolId } from '../core/decoded/decoded.ts';
import { actionCable } from './actioncable.ts';
import { aiSdk } from './ai-sdk.ts';
import { anthropic } from './anthropic.ts';
import { audio } from './audio.ts';
import { base64 } from './base64.ts';
import { cbor } from './cbor.ts';
import type { Decoder } from './decoder.ts';
import { deflate } from './deflate.ts';
import { engineIo } from './engine-io.ts';
import { form } from './form.ts';
import { graphqlSse } from './graphql-sse.ts';
import { graphqlTransportWs, subscriptionsTransportWs } from './graphql-ws.ts';
import { gemini } from './gemini.ts';
import { grpcWeb } from './grpc-web.ts';
import { gzip } from './gzip.ts';
import { image } from './image.ts';
import { jsonRpc, lsp, mcp } from './json-rpc.ts';
import { json } from './json.ts';
import { mercure } from './mercure.ts';
import { mqtt } from './mqtt.ts';
import { yjs } from './yjs.ts';
import { centrifugo } from './centrifugo.ts';
import { amqp } from './amqp.ts';
import { livekit } from './livekit.ts';
import { msgpack } from './msgpack.ts';
import { ndjson } from './ndjson.ts';
import { phoenix, supabaseRealtime } from './phoenix.ts';
import { openai } from './openai.ts';
import { protobuf } from './protobuf.ts';
import { pusher } from './pusher.ts';
import { signalr } from './signalr.ts';
import { socketIo } from './socket-io.ts';
import { sockjs } from './sockjs.ts';
import { stomp } from './stomp.ts';
import { text } from './text.ts';
import { viteHmr } from './vite-hmr.ts';
import { wamp } from './wamp.ts';
import { webpackHmr } from './webpack-hmr.ts';
import { tokenStream } from './token-stream.ts';
import { xml } from './xml.ts';
import { zstd } from './zstd.ts';

/** Every decoder, from the most specific to the least: of equal claims the first one wins. */
export const DECODERS: readonly Decoder[] = [
  engineIo,
  socketIo,
  sockjs,
  stomp,
  livekit,
  amqp,
  centrifugo,
  yjs,
  mqtt,
  signalr,
  wamp,
  graphqlTransportWs,
  subscriptionsTransportWs,
  graphqlSse,
  actionCable,
  supabaseRealtime,
  phoenix,
  mcp,
  lsp,
  jsonRpc,
  pusher,
  viteHmr,
  webpackHmr,
  mercure,
  openai,
  anthropic,
  gemini,
  aiSdk,
  tokenStream,
  gzip,
  zstd,
  deflate,
  image,
  audio,
  grpcWeb,
  msgpack,
  cbor,
  protobuf,
  base64,
  ndjson,
  xml,
  form,
  json,
  text,
];

const BY_ID = new Map(DECODERS.map((decoder) => [decoder.id, decoder]));

export const decoderOf = (id: ProtocolId): Decoder | undefined => BY_ID.get(id);
