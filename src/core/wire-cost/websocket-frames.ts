import type { Bytes } from '../units.ts';

/** RFC 6455 section 5.2: the first two bytes, an extended length of two or eight, and a key of four where it is masked. */
const SHORT = 125;
const MEDIUM = 65_535;
const MASKING_KEY: Bytes = 4;

/** @param isMasked frames of the client are, those of the server are not (RFC 6455 section 5.1) */
export function frameHeaderLength(payload: Bytes, isMasked: boolean): Bytes {
  const extended = payload <= SHORT ? 0 : payload <= MEDIUM ? 2 : 8;
  return 2 + extended + (isMasked ? MASKING_KEY : 0);
}

/** RFC 6455 section 5.5.1: a code of two bytes and a reason; without a code it is empty. */
export function closeFrameLength(
  code: number | undefined,
  reason: Bytes,
  isMasked: boolean,
): Bytes {
  const body = code === undefined || code === NO_CODE ? 0 : 2 + reason;
  return frameHeaderLength(body, isMasked) + body;
}

/** RFC 6455 section 7.4.1: never on the wire, it says that there was none; and 1006 that there was no frame at all. */
const NO_CODE = 1005;
export const NO_CLOSE_FRAME = 1006;
