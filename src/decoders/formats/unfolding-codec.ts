import type { Codec } from '../decoder.ts';
import { unfoldedMessage } from './format-codec.ts';

/** Reads each message by itself, as the formats show themselves. */
export const unfoldingCodec: Codec = { createReader: () => ({ read: unfoldedMessage }) };
