import type { Failure, Layer } from '../../core/decoded/decoded.ts';
import type { Payload } from '../../core/facts.ts';
import { isJson, looksLikeJson } from '../../core/payload/json-scan.ts';

/** The formats that a payload shows by itself, outermost first; the last layer holds the content. */
export interface Unfolded {
  readonly layers: readonly Layer[];
  readonly failure?: Failure;
}

/** Looks at one payload alone, and claims only what chance does not make. */
export function unfold(payload: Payload): Unfolded {
  if (typeof payload !== 'string') {
    return {
      layers: [
        {
          protocol: 'binary',
          summary: `${payload.length} bytes`,
          content: { as: 'bytes', bytes: payload },
        },
      ],
    };
  }
  if (looksLikeJson(payload) && isJson(payload)) {
    return { layers: [{ protocol: 'json', summary: '', content: { as: 'json', text: payload } }] };
  }
  return { layers: [{ protocol: 'text', summary: '', content: { as: 'text', text: payload } }] };
}
