import type { WireMessage } from '../core/decoded/decoded.ts';
import { COMMANDS, PUSHES } from './centrifugo-names.ts';
import { claimBySubprotocol } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape } from './evidence.ts';
import { isRecord, readJson } from './json-parts.ts';

const hasOne = (value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean =>
  names.some((name) => isRecord(value[name]));

/** One command, reply or push: an object under its name. */
function isUnit(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { id, push, error } = value;
  if (isRecord(push)) return hasOne(push, PUSHES);
  if (id === undefined) return isRecord(value['send']) || isRecord(value['connect']);
  return typeof id === 'number' && (hasOne(value, COMMANDS) || isRecord(error));
}

const unitsIn = ({ payload }: WireMessage, json: unknown): unknown[] =>
  json === undefined && typeof payload === 'string'
    ? payload.trim().split('\n').map(readJson)
    : [json];

const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;

/** The opening, or a push: an id with a word beside it is of others too. */
const isProof = (value: unknown): boolean =>
  isRecord(value) && (isRecord(value['push']) || isRecord(value['connect']));

/** Centrifugo and Centrifuge, the second version of their protocol (https://centrifugal.dev/docs/transports/client_protocol). */
export const centrifugo: Decoder = {
  id: 'centrifugo',
  recognise: (look) =>
    claimBySubprotocol(look, /^centrifuge-(?:json|protobuf)$/u) ??
    claimByShape(look, {
      confidence: 0.9,
      shape: 'commands, replies or pushes of Centrifugo',
      fits: (message, json) => unitsIn(message, json).every(isUnit),
      mayBe: (message, json) => unitsIn(message, json).every(isEmpty),
      proves: (message, json) => unitsIn(message, json).some(isProof),
    }),
  load: async () => (await import('./centrifugo-codec.ts')).centrifugoCodec,
};
