import type { TapRecord } from '../bridge/tap-record.ts';

/** A record in a list; links instead of array methods, which a page can redefine. */
export interface KeptRecord extends TapRecord {
  /** Payload bytes that this record still holds. */
  bytes: number;
  next: KeptRecord | undefined;
}

export function firstAfter(node: KeptRecord | undefined, after: number): KeptRecord | undefined {
  let found = node;
  while (found !== undefined && found.n <= after) found = found.next;
  return found;
}
