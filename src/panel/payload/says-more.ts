import type { Decoded } from '../../core/decoded/decoded.ts';

/** Whether decoding found more than a payload's own text, JSON or bytes. */
export function saysMore(decoded: Decoded | undefined): boolean {
  if (decoded === undefined) return false;
  if (decoded.failure !== undefined || decoded.parts.length > 1) return true;
  return decoded.parts.some(({ layers }) =>
    layers.some(
      ({ protocol }, index) =>
        index > 0 || !(protocol === 'json' || protocol === 'text' || protocol === 'binary'),
    ),
  );
}
