import type { WireMessage } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape, hasMembers } from './evidence.ts';
import { readJson } from './json-parts.ts';
import { binaryRecords, isTextInBytes, RECORD_END } from './signalr-records.ts';

const isHandshake = (json: unknown): boolean =>
  hasMembers(json, { protocol: 'string', version: 'number' }) && Object.keys(json).length === 2;

const isRecord = (text: string): boolean => {
  if (text === '{}') return true;
  const json = readJson(text);
  if (isHandshake(json)) return true;
  const type = hasMembers(json, { type: 'number' }) ? json['type'] : undefined;
  return typeof type === 'number' && type >= 1 && type <= 9;
};

function fits({ payload }: WireMessage): boolean {
  if (typeof payload !== 'string') {
    if (isTextInBytes(payload)) return true;
    const { records, rest } = binaryRecords(payload);
    return rest === payload.length && records.length > 0 && records.every((each) => isBinary(each));
  }
  const records = payload.split(RECORD_END);
  return records.length > 1 && records.slice(0, -1).every(isRecord);
}

/** An array of MessagePack whose first item is a message type. */
const isBinary = ([head = 0, type = 0]: Uint8Array): boolean =>
  head >= 0x91 && head <= 0x98 && type >= 1 && type <= 9;

/** https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md */
export const signalr: Decoder = {
  id: 'signalr',
  recognise: (look) =>
    claimByShape(look, {
      confidence: 0.95,
      shape: 'records of SignalR, in JSON with their separator or in MessagePack with their length',
      fits,
      mayBe: ({ payload }) => payload.length === 0,
    }),
  load: () => import('./signalr-codec.ts').then(({ signalrCodec }) => signalrCodec),
};
