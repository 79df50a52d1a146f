import type { EndedBy, Headers, MessageFact } from '../../src/core/facts.ts';
import type { RequestFact, SortedFact } from '../../src/core/http/request.ts';
import { createSorter } from '../../src/core/http/sorter.ts';
import type { HoldLimits } from '../../src/core/http/held-requests.ts';
import { utf8Length } from '../../src/core/utf8-length.ts';

/** One request, in short. Times count from its beginning. */
export interface ARequest {
  at?: number;
  url?: string;
  method?: string;
  api?: 'fetch' | 'xhr';
  requestHeaders?: Headers;
  sends?: string;
  type?: string;
  responseHeaders?: Headers;
  status?: number;
  /** When the response begins. */
  opensAfter?: number;
  /** Pieces of the body and when they come; `null` is one that is not here. */
  pieces?: [after: number, piece: string | Uint8Array | null][];
  endsAfter?: number;
  endedBy?: EndedBy;
}

export const POLLED = 'https://shop.test/api/status';

/** The facts of one request. */
export function requestFacts(connection: number, request: ARequest): RequestFact[] {
  const { at = 0, opensAfter = 20, endsAfter = 30, pieces = [[25, 'ok']] } = request;
  const facts: RequestFact[] = [
    {
      kind: 'connection-created',
      connection,
      at,
      transport: request.api ?? 'fetch',
      url: request.url ?? POLLED,
      method: request.method ?? 'GET',
      ...(request.requestHeaders && { requestHeaders: request.requestHeaders }),
    },
  ];
  if (request.sends !== undefined) facts.push(aPiece(connection, at, request.sends, 'sent'));
  if (request.status !== 0) {
    const type: Headers = [['content-type', request.type ?? 'text/plain']];
    facts.push({
      kind: 'connection-opened',
      connection,
      at: at + opensAfter,
      status: request.status ?? 200,
      responseHeaders: [...type, ...(request.responseHeaders ?? [])],
    });
    for (const [after, piece] of pieces) facts.push(aPiece(connection, at + after, piece));
  }
  const endedBy = request.endedBy ?? (request.status === 0 ? 'network' : 'server');
  facts.push({
    kind: 'connection-ended',
    connection,
    at: at + endsAfter,
    endedBy,
    ...(endedBy === 'server' && { wasClean: true }),
  });
  return facts;
}

export function aPiece(
  connection: number,
  at: number,
  piece: string | Uint8Array | null,
  direction: MessageFact['direction'] = 'received',
): MessageFact {
  const length = typeof piece === 'string' ? utf8Length(piece) : (piece?.length ?? 100);
  return {
    kind: 'message',
    connection,
    at,
    direction,
    dataType: typeof piece === 'string' ? 'string' : 'view',
    byteLength: length,
    payload: piece,
    payloadState: piece === null ? 'evicted' : 'whole',
  };
}

/** Facts of many requests as the page saw them: by time, those of one request in their order. */
export function asSeen(requests: readonly ARequest[]): RequestFact[] {
  return requests
    .flatMap((request, index) => requestFacts(index + 1, request))
    .sort((a, b) => a.at - b.at);
}

/** What a sorter tells of facts. */
export function sorted(facts: readonly RequestFact[], limits?: HoldLimits): SortedFact[] {
  const told: SortedFact[] = [];
  const sorter = createSorter((fact) => told.push(fact), limits);
  for (const fact of facts) sorter.hear(fact);
  return told;
}

/** The connections that requests amounted to: `polling 2→1`. */
export function connectionsOf(facts: readonly SortedFact[]): string[] {
  return facts.flatMap((fact) =>
    fact.kind === 'connection-created'
      ? [
          `${fact.transport} ${fact.connection}${fact.continues === undefined ? '' : `→${fact.continues}`}`,
        ]
      : [],
  );
}
