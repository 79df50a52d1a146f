import type { Records } from '../../src/bridge/envelope.ts';
import type { TapFact } from '../../src/bridge/tap-record.ts';
import type { MessageFact } from '../../src/core/facts.ts';
import { utf8Length } from '../../src/core/utf8-length.ts';
import { DEFAULT_LIMITS, type TapLimits } from '../../src/page/limits.ts';

/** Limits that a handful of messages reaches; the rest is out of reach. */
export function limitsOf(limits: Partial<TapLimits> = {}): TapLimits {
  return { ...DEFAULT_LIMITS, ...limits };
}

/** A text message, as a tap captures it. */
export function textMessage(text: string, more: Partial<MessageFact> = {}): MessageFact {
  return {
    kind: 'message',
    connection: 1,
    at: 0,
    direction: 'received',
    dataType: 'string',
    byteLength: utf8Length(text),
    payload: text,
    payloadState: 'whole',
    ...more,
  };
}

/** A message whose bytes a Blob still holds. */
export function blobMessage(byteLength: number, more: Partial<MessageFact> = {}): MessageFact {
  const pending = { payload: null, payloadState: 'pending' } as const;
  return { ...textMessage(''), dataType: 'blob', byteLength, ...pending, ...more };
}

export function created(connection: number, more: object = {}): TapFact {
  const url = `wss://shop.test/${connection}`;
  return { kind: 'connection-created', connection, at: 0, transport: 'websocket', url, ...more };
}

/** A batch as it would come over a wire. */
export function aBatch(batch: Partial<Omit<Records, 'kind'>>): Records {
  return { kind: 'records', after: 0, records: [], evicted: [], ...batch };
}

/** What each record of some batches carries, in short: the text, or the kind of fact. */
export function wordsOf(batches: readonly Records[]): string[] {
  return batches.flatMap(({ records }) =>
    records.map(({ fact }) =>
      fact.kind === 'message' ? String(fact.payload ?? fact.payloadState) : fact.kind,
    ),
  );
}
