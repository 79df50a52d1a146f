import type { LaneNumbers } from './lane-row.ts';

export interface RowColumn {
  readonly of: keyof LaneNumbers;
  readonly head: string;
  /** What the number is, in a sentence. */
  readonly about: string;
  readonly digits: number;
}

/** The numbers of a result table, on the page and in the terminal, in their order. */
export const ROW_COLUMNS: readonly RowColumn[] = [
  { of: 'messages', head: 'messages', about: 'Said by page and server together.', digits: 0 },
  { of: 'lost', head: 'lost', about: 'Said, but never arrived.', digits: 0 },
  { of: 'payload', head: 'payload', about: 'Bytes of the messages as said.', digits: 0 },
  { of: 'up', head: 'wire up', about: 'Bytes the page sent, above TLS.', digits: 0 },
  { of: 'down', head: 'wire down', about: 'Bytes the page got, above TLS.', digits: 0 },
  { of: 'headers', head: 'headers', about: 'Bytes of those that are headers.', digits: 0 },
  { of: 'perMessage', head: 'per message', about: 'Bytes on the wire by message.', digits: 0 },
  { of: 'requests', head: 'requests', about: 'HTTP requests, handshakes too.', digits: 0 },
  { of: 'connect', head: 'connect ms', about: 'First call until it is open.', digits: 1 },
  { of: 'firstMessage', head: 'first ms', about: 'First call until a message.', digits: 1 },
  { of: 'delayP50', head: 'delay p50', about: 'Median from said to there, ms.', digits: 1 },
  { of: 'delayP95', head: 'delay p95', about: '95th percentile of that, ms.', digits: 1 },
];

export function cellOf(numbers: LaneNumbers, { of, digits }: RowColumn): string {
  const value = numbers[of];
  if (value === null) return '–';
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
