import type { Bytes, Milliseconds } from '../core/units.ts';

/** What a tap may keep and send. Counts stay exact beyond every limit. */
export interface TapLimits {
  /** Messages whose payload the history keeps while nobody watches. */
  historyMessages: number;
  /** Payload bytes that the history keeps while nobody watches. */
  historyBytes: Bytes;
  /** Messages of which the history keeps at least time, direction, type and length. */
  historyMetadata: number;
  /** Connections that have ended and are still known. */
  historyConnections: number;
  /** Messages that may wait for the panel's acknowledgement. */
  bufferMessages: number;
  /** Payload bytes that may wait for the panel's acknowledgement. */
  bufferBytes: Bytes;
  /** Longer payloads are cut; a runtime port of Chromium refuses envelopes over 64 MiB. */
  payloadBytes: Bytes;
  /** Records and payload bytes of one batch. */
  batchRecords: number;
  batchBytes: Bytes;
  /** How long a record may wait for its batch to fill. */
  batchDelay: Milliseconds;
  /** Records and payload bytes that may be under way before the tap waits for the panel. */
  windowRecords: number;
  windowBytes: Bytes;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: TapLimits = {
  historyMessages: 2_000,
  historyBytes: 8 * MIB,
  historyMetadata: 20_000,
  historyConnections: 2_000,
  bufferMessages: 200_000,
  bufferBytes: 128 * MIB,
  payloadBytes: 16 * MIB,
  batchRecords: 256,
  batchBytes: MIB,
  batchDelay: 50,
  windowRecords: 8_192,
  windowBytes: 32 * MIB,
};
