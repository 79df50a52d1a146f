import { type KeptLimits, USUAL_LIMITS } from '../bridge/envelope.ts';
import type { Bytes, Milliseconds } from '../core/units.ts';

/** What a tap may keep and send. Counts stay exact beyond every limit. */
export interface TapLimits extends KeptLimits {
  /** Messages of which the history keeps at least time, direction, type and length. */
  historyMetadata: number;
  /** Connections that have ended and are still known. */
  historyConnections: number;
  /** Records and payload bytes of one batch. */
  batchRecords: number;
  batchBytes: Bytes;
  /** How long a record may wait for its batch to fill. */
  batchDelay: Milliseconds;
  /** Records and payload bytes that may be under way before the tap waits for the panel. */
  windowRecords: number;
  windowBytes: Bytes;
}

/** For each message with its payload, so many are known at all. */
const METADATA_SHARE = 10;

export const DEFAULT_LIMITS: Readonly<TapLimits> = {
  ...USUAL_LIMITS,
  historyMetadata: METADATA_SHARE * USUAL_LIMITS.historyMessages,
  historyConnections: 2_000,
  batchRecords: 1_024,
  batchBytes: 1_048_576,
  batchDelay: 50,
  windowRecords: 8_192,
  windowBytes: 33_554_432,
};

/** The user's choice, from now on. */
export function changeLimits(limits: TapLimits, chosen: KeptLimits): void {
  limits.historyMessages = chosen.historyMessages;
  limits.historyMetadata = METADATA_SHARE * chosen.historyMessages;
  limits.historyBytes = chosen.historyBytes;
  limits.bufferMessages = chosen.bufferMessages;
  limits.bufferBytes = chosen.bufferBytes;
  limits.payloadBytes = chosen.payloadBytes;
}
