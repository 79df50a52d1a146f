import { isStreamType, mimeTypeOf } from './content-type.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { EmitSorted, RequestCreated, RequestFact } from './request.ts';

/** Tells what the requests of a document amount to. */
export interface Sorter {
  hear: (fact: RequestFact) => void;
}

export function createSorter(emit: EmitSorted): Sorter {
  const held = new Map<number, RequestFact[]>();
  const admitted = new Map<number, Exchange>();

  function admit(created: RequestCreated, facts: RequestFact[]): void {
    held.delete(created.connection);
    const transport = created.transport === 'fetch' ? 'fetch-stream' : 'xhr-stream';
    const exchange = createExchange(created, { transport }, emit);
    admitted.set(created.connection, exchange);
    for (const fact of facts) if (fact.kind !== 'connection-created') exchange.hear(fact);
  }

  return {
    hear: (fact) => {
      if (fact.kind === 'connection-created') {
        held.set(fact.connection, [fact]);
        return;
      }
      const exchange = admitted.get(fact.connection);
      if (exchange !== undefined) {
        exchange.hear(fact);
        return;
      }
      const facts = held.get(fact.connection);
      const created = facts?.[0];
      if (facts === undefined || created?.kind !== 'connection-created') return;
      facts.push(fact);
      if (fact.kind !== 'connection-opened') return;
      if (isStreamType(mimeTypeOf(fact.responseHeaders))) admit(created, facts);
    },
  };
}
