import type { ProtocolId } from '../core/decoded/decoded.ts';
import { audio } from './audio.ts';
import { base64 } from './base64.ts';
import { cbor } from './cbor.ts';
import type { Decoder } from './decoder.ts';
import { deflate } from './deflate.ts';
import { engineIo } from './engine-io.ts';
import { form } from './form.ts';
import { grpcWeb } from './grpc-web.ts';
import { gzip } from './gzip.ts';
import { image } from './image.ts';
import { json } from './json.ts';
import { msgpack } from './msgpack.ts';
import { ndjson } from './ndjson.ts';
import { protobuf } from './protobuf.ts';
import { socketIo } from './socket-io.ts';
import { text } from './text.ts';
import { xml } from './xml.ts';
import { zstd } from './zstd.ts';

/** Every decoder, from the most specific to the least: of equal claims the first one wins. */
export const DECODERS: readonly Decoder[] = [
  engineIo,
  socketIo,
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
