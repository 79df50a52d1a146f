import { DATA_TYPES, type MessageFact, PAYLOAD_STATES } from '../core/facts.ts';
import { COLUMNS, DATA_TYPE_BITS, DISCARDED_BIT, SENT_BIT, STATE_BITS } from './packed-records.ts';
import type { TapRecord } from './tap-record.ts';

type Words = Pick<MessageFact, 'direction' | 'dataType' | 'payloadState' | 'discarded'>;

/** Every number that may stand in the column of words. */
const WORDS = new Map<number, Words>();
for (const dataType of DATA_TYPES) {
  for (const payloadState of PAYLOAD_STATES) {
    const bits = DATA_TYPE_BITS[dataType] + STATE_BITS[payloadState];
    const [received, sent] = [
      { direction: 'received', dataType, payloadState },
      { direction: 'sent', dataType, payloadState },
    ] as const;
    WORDS.set(bits, received).set(bits + SENT_BIT, sent);
    WORDS.set(bits + DISCARDED_BIT, { ...received, discarded: true });
    WORDS.set(bits + SENT_BIT + DISCARDED_BIT, { ...sent, discarded: true });
  }
}

/** Knows a typed array of any realm, and nothing that only says so. */
const nameOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
) as { get: (this: unknown) => unknown };

const isNumbers = (value: unknown): value is Float64Array =>
  Reflect.apply(nameOf.get, value, []) === 'Float64Array';

/**
 * Makes records of the columns of a batch. What comes out is as hostile as what went in and has its guard before it; here
 * only that is checked which the guard cannot see any more.
 *
 * @returns `undefined` for columns that no tap could have packed; what has no columns as it is
 */
export function unpackRecords(envelope: unknown): unknown {
  if (typeof envelope !== 'object' || envelope === null || !('numbers' in envelope))
    return envelope;
  const { numbers, text, records, ...rest } = envelope as Record<string, unknown>;
  if (!isNumbers(numbers) || typeof text !== 'string' || !Array.isArray(records)) return undefined;
  const messages = readMessages(numbers, text);
  return messages && { ...rest, records: merge(messages, records) };
}

function readMessages(numbers: Float64Array, text: string): TapRecord[] | undefined {
  const { length } = numbers;
  if (length % COLUMNS !== 0) return undefined;
  const messages: TapRecord[] = [];
  let column = 0;
  const read = (): number => {
    column += 1;
    return numbers[column - 1] ?? NaN;
  };
  let end = 0;
  const readText = (): string | undefined => {
    const units = read();
    if (units === -1) return undefined;
    // What is no length stays in the sum, which cannot come out right then.
    end += units >= 0 && Number.isInteger(units) ? units : NaN;
    return text.slice(end - units, end);
  };
  while (column < length) {
    const [n, at, connection, byteLength] = [read(), read(), read(), read()];
    const words = WORDS.get(read());
    if (words === undefined) return undefined;
    const payload = readText() ?? null;
    const [eventType, lastEventId] = [readText(), readText()];
    messages.push({
      n,
      fact: {
        kind: 'message',
        at,
        connection,
        byteLength,
        payload,
        ...words,
        ...(eventType !== undefined && { eventType }),
        ...(lastEventId !== undefined && { lastEventId }),
      },
    });
  }
  return end === text.length ? messages : undefined;
}

/** In the order of their numbers; neither list needs to be what it says. */
function merge(messages: TapRecord[], others: unknown[]): unknown[] {
  if (others.length === 0) return messages;
  const merged: unknown[] = [];
  let next = 0;
  for (const other of others) {
    const before = Number((other as Partial<TapRecord> | null | undefined)?.n);
    for (; next < messages.length; next += 1) {
      const message = messages[next];
      if (message !== undefined && message.n > before) break;
      merged.push(message);
    }
    merged.push(other);
  }
  return merged.concat(messages.slice(next));
}
