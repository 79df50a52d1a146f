import { bodyKindOf, mimeTypeOf } from '../../core/http/content-type.ts';
import { receivedBytes, receivedText } from '../../core/http/received.ts';
import type { RequestApi, RequestFact, SortedFact } from '../../core/http/request.ts';
import { createSorter } from '../../core/http/sorter.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { JsonRecord } from '../fields.ts';
import { handshakeTime, numberIn, requestOf, responseOf, sentText } from './foreign-connection.ts';
import { readContent, readPostData } from './har-body.ts';

/** A request of a HAR, with a number of its own. */
export interface ForeignRequest {
  connection: number;
  entry: JsonRecord;
  url: string;
  at: Milliseconds;
  api: RequestApi;
}

/**
 * The API of an entry that may be real-time traffic. Chrome names it; where nobody does (Firefox), what was
 * answered in text, but is no document, script or style, may be.
 */
export function requestApi(entry: JsonRecord): RequestApi | undefined {
  const type = entry['_resourceType'];
  if (type === 'fetch' || type === 'xhr') return type;
  if (type !== undefined) return undefined;
  const mimeType = mimeTypeOf(responseOf(entry).responseHeaders);
  const isText = bodyKindOf(mimeType) !== 'bytes';
  return isText && !/html|css|script/u.test(mimeType) ? 'fetch' : undefined;
}

/** The requests of one page that amount to real-time traffic: their facts, by their own numbers. */
export function sortRequests(requests: readonly ForeignRequest[]): Map<number, SortedFact[]> {
  const admitted = new Map<number, SortedFact[]>();
  const sorter = createSorter((fact) => {
    const facts = admitted.get(fact.connection);
    if (facts === undefined) admitted.set(fact.connection, [fact]);
    else facts.push(fact);
  });
  const facts = requests.flatMap(factsOf);
  // Sorting is stable (ECMA-262): the facts of one request stay in their order.
  for (const fact of facts.sort((a, b) => a.at - b.at)) sorter.hear(fact);
  return admitted;
}

/** A HAR tells of a body only as a whole, and nothing of when its parts came. */
function factsOf({ connection, entry, url, at, api: transport }: ForeignRequest): RequestFact[] {
  const { status, responseHeaders = [] } = responseOf(entry);
  const endedAt = at + Math.max(numberIn(entry, 'time'), 0);
  const facts: RequestFact[] = [
    { kind: 'connection-created', connection, at, transport, url, ...requestOf(entry) },
  ];
  const sent = readPostData(entry['request']);
  if (sent !== undefined && sent !== '') facts.push(sentText(connection, at, sent));
  if (status === undefined) {
    facts.push({ kind: 'connection-ended', connection, at: endedAt, endedBy: 'unknown' });
    return facts;
  }
  const openedAt = Math.min(at + handshakeTime(entry), endedAt);
  const opened = { connection, at: openedAt, status, responseHeaders };
  facts.push({ kind: 'connection-opened', ...opened });
  const content = readContent(entry['response']);
  if (typeof content === 'string') facts.push(receivedText(connection, endedAt, content));
  else if (content !== undefined) facts.push(receivedBytes(connection, endedAt, content));
  const end = { connection, at: endedAt, endedBy: 'server', wasClean: true } as const;
  facts.push({ kind: 'connection-ended', ...end });
  return facts;
}
