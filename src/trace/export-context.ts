import type { Pair } from '../core/pairs/pair-book.ts';

/** What an exporter may know besides the session. There is no clock in it. */
export interface ExportContext {
  /** The version of Wirescope that writes, as in its manifest. */
  toolVersion: string;
  /** Requests with their answers, by the number of a channel; absent where nobody decoded. */
  pairsOf?: (channel: number) => readonly Pair[];
}
