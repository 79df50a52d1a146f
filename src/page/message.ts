import type { MessageFact } from '../core/facts.ts';
import type { KeptRecord } from './kept-record.ts';
import type { TapLimits } from './limits.ts';
import { blobBytes, Bytes } from './natives.ts';
import { fillIn } from './payload.ts';
import type { Recorder } from './recorder.ts';

/** Records a message in its place; the bytes of a Blob follow when they have been read. */
export function recordMessage(
  recorder: Recorder,
  limits: TapLimits,
  data: unknown,
  seen: MessageFact,
): void {
  const fact = fillIn(seen, data, limits.payloadBytes);
  if (fact === undefined) return;
  const kept = recorder.record(fact, heldBytes(fact, limits));
  if (fact.payloadState === 'pending') void completeFromBlob(recorder, kept, data as Blob);
}

/** What a message costs the history: of a payload that was cut, only its beginning is here. */
export function heldBytes(
  { payload, byteLength }: MessageFact,
  { payloadBytes }: TapLimits,
): number {
  if (payload === null) return 0;
  return byteLength > payloadBytes ? payloadBytes : byteLength;
}

async function completeFromBlob(recorder: Recorder, kept: KeptRecord, blob: Blob): Promise<void> {
  try {
    recorder.complete(kept, new Bytes(await blobBytes(blob)));
  } catch {
    recorder.complete(kept, null);
  }
}
