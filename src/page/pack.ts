import type { Records } from '../bridge/envelope.ts';
import {
  COLUMNS,
  DATA_TYPE_BITS,
  DISCARDED_BIT,
  type PackedRecords,
  SENT_BIT,
  STATE_BITS,
} from '../bridge/packed-records.ts';
import type { TapFact } from '../bridge/tap-record.ts';
import type { MessageFact } from '../core/facts.ts';
import { Numbers } from './natives.ts';

type TextMessage = MessageFact & { payload: string | null };

const isTextMessage = (fact: TapFact): fact is TextMessage =>
  fact.kind === 'message' && (typeof fact.payload === 'string' || fact.payload === null);

/** Makes columns of a batch, for its way to the relay and on. */
export function pack({ records, ...batch }: Records): PackedRecords {
  const others: Records['records'] = [];
  let count = 0;
  for (let i = 0; i < records.length; i += 1) {
    if (isTextMessage(records[i]!.fact)) count += 1;
    else others[others.length] = records[i]!;
  }
  const numbers = new Numbers(count * COLUMNS);
  let text = '';
  let at = 0;
  const put = (value: number): void => {
    numbers[at] = value;
    at += 1;
  };
  const putText = (part: string | null | undefined): void => {
    put(part?.length ?? -1);
    text += part ?? '';
  };
  for (let i = 0; i < records.length; i += 1) {
    const { n, fact } = records[i]!;
    if (!isTextMessage(fact)) continue;
    put(n);
    put(fact.at);
    put(fact.connection);
    put(fact.byteLength);
    put(
      (fact.direction === 'sent' ? SENT_BIT : 0) +
        (fact.discarded === true ? DISCARDED_BIT : 0) +
        DATA_TYPE_BITS[fact.dataType] +
        STATE_BITS[fact.payloadState],
    );
    putText(fact.payload);
    putText(fact.eventType);
    putText(fact.lastEventId);
  }
  return { ...batch, records: others, numbers, text };
}
