import type { KeptRecord } from './kept-record.ts';
import type { TapLimits } from './limits.ts';
import { blobBytes, Bytes } from './natives.ts';
import { fillIn, type SeenMessage } from './payload.ts';
import type { Recorder } from './recorder.ts';

/** Records a message in its place; the bytes of a Blob follow when they have been read. */
export function recordMessage(
  recorder: Recorder,
  limits: TapLimits,
  data: unknown,
  seen: SeenMessage,
): void {
  const fact = fillIn(seen, data, limits.payloadBytes);
  if (fact === undefined) return;
  const kept = recorder.record(fact, fact.payload === null ? 0 : fact.byteLength);
  if (fact.payloadState === 'pending') void completeFromBlob(recorder, kept, data as Blob);
}

async function completeFromBlob(recorder: Recorder, kept: KeptRecord, blob: Blob): Promise<void> {
  try {
    recorder.complete(kept, new Bytes(await blobBytes(blob)));
  } catch {
    recorder.complete(kept, null);
  }
}
