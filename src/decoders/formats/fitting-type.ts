import { isWellKnown } from './parse-proto.ts';
import type { ProtoSchema } from './proto-schema.ts';
import { readWithSchema } from './read-proto-schema.ts';

/** Types and bytes that are tried at most: a guess may not cost more than reading. */
const MOST_TYPES = 200;
const LONGEST_TRIED = 64 * 1024;

/**
 * The message type of a schema that bytes fit: every field known with the right wire type, and more of them than in any
 * other type. `undefined` where two fit equally well. Types that come with Protobuf fit much and are nobody's message.
 * @param first what fitted the message before: it stays as long as it fits
 */
export function fittingType(
  schema: ProtoSchema,
  bytes: Uint8Array,
  first?: string,
): string | undefined {
  if (bytes.length === 0 || bytes.length > LONGEST_TRIED) return first;
  if (first !== undefined && fitOf(schema, first, bytes) > 0) return first;
  let best: string | undefined;
  let bestFit = 0;
  const types = [...schema.messages.keys()].filter((type) => !isWellKnown(type));
  for (const type of types.slice(0, MOST_TYPES)) {
    const fit = fitOf(schema, type, bytes);
    if (fit === 0 || fit < bestFit) continue;
    best = fit === bestFit ? undefined : type;
    bestFit = fit;
  }
  return best;
}

/** How many fields are known; 0 where one is strange, or a text is none. */
function fitOf(schema: ProtoSchema, type: string, bytes: Uint8Array): number {
  const { known, strange, stop } = readWithSchema(schema, type, bytes);
  return strange > 0 || stop !== undefined ? 0 : known;
}
