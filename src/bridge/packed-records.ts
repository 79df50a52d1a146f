import type { DataType, PayloadState } from '../core/facts.ts';
import type { Records } from './envelope.ts';

/**
 * A batch as it crosses worlds. Cloning an object for each message, with the names of its fields, would cost the page more
 * than recording it, and it is cloned twice; so messages whose payload is text, or is not here, cross as columns.
 */
export interface PackedRecords extends Records {
  /** All other records; each has its place by its number. */
  records: Records['records'];
  /** {@link COLUMNS} for each message. */
  numbers: Float64Array<ArrayBuffer>;
  /** Payloads, event types and last event IDs of all messages, one after another. */
  text: string;
}

/**
 * Of each message there are: record number, time, connection, byte length, {@link SENT_BIT} and what stands below it added up, and the lengths
 * of payload, event type and last event ID in UTF-16 units, -1 where there is none.
 */
export const COLUMNS = 8;

export const SENT_BIT = 1;
export const DISCARDED_BIT = 2;
export const DATA_TYPE_BITS: Readonly<Record<DataType, number>> = {
  string: 0,
  blob: 4,
  arraybuffer: 8,
  view: 12,
};
export const STATE_BITS: Readonly<Record<PayloadState, number>> = {
  whole: 0,
  pending: 16,
  evicted: 32,
  cut: 48,
  unreadable: 64,
};
