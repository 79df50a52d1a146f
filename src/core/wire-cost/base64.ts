import type { Bytes } from '../units.ts';

/** RFC 4648 section 4: four characters for each three bytes begun. */
export const base64Length = (bytes: Bytes): Bytes => 4 * Math.ceil(bytes / 3);
