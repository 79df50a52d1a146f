import type { ProtocolId } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { engineIo } from './engine-io.ts';
import { json } from './json.ts';
import { socketIo } from './socket-io.ts';
import { text } from './text.ts';

/** Every decoder, from the most specific to the least: of equal claims the first one wins. */
export const DECODERS: readonly Decoder[] = [engineIo, socketIo, json, text];

const BY_ID = new Map(DECODERS.map((decoder) => [decoder.id, decoder]));

export const decoderOf = (id: ProtocolId): Decoder | undefined => BY_ID.get(id);
