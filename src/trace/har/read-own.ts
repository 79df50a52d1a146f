import { type Fact, TRANSPORTS } from '../../core/facts.ts';
import { isRecord, type JsonRecord, readOneOf, readRecord, readWhole } from '../fields.ts';
import { TraceError } from '../trace-error.ts';
import { readHeader } from '../wirescope/header.ts';
import { readFact } from '../wirescope/read-fact.ts';
import { type Upgrader, upgraderFor, VERSIONS } from '../wirescope/version.ts';
import type { HarContents } from './har-contents.ts';
import { readRows } from './read-rows.ts';

/**
 * Our own HAR, back from its `_wirescope` fields.
 * @throws {TraceError} when these fields were damaged
 */
export function readOwnHar(ours: JsonRecord, entries: readonly unknown[]): HarContents {
  const upgrade = upgraderFor(ours, VERSIONS);
  const header = readHeader(readRecord(upgrade(ours), 'session'));
  const contents: HarContents = {
    header,
    lists: [readFacts(ours, upgrade).map(({ fact }) => fact)],
    otherEntries: 0,
    skippedRows: 0,
    fetchedStreams: 0,
  };
  for (const entry of entries) {
    const extras = isRecord(entry) ? entry['_wirescope'] : undefined;
    if (!isRecord(entry) || !isRecord(extras)) {
      contents.otherEntries += 1;
      continue;
    }
    const life = readFacts(extras, upgrade);
    const transport = readOneOf(entry, '_resourceType', TRANSPORTS);
    const rows = readRows(entry, transport, connectionOf(life), header.startedAt);
    contents.skippedRows += rows.skipped;
    contents.lists.push(interleave(life, rows.messages));
  }
  return contents;
}

interface PlacedFact {
  fact: Fact;
  after: number;
}

function readFacts(extras: JsonRecord, upgrade: Upgrader): PlacedFact[] {
  const records = extras['facts'];
  if (!Array.isArray(records)) throw new TraceError('“_wirescope.facts” should be a list.');
  const placed: PlacedFact[] = [];
  for (const record of records as unknown[]) {
    if (!isRecord(record)) throw new TraceError('a fact should be an object.');
    const fact = readFact(upgrade(record));
    if (fact === undefined) continue;
    const after =
      record['after'] === undefined ? 0 : readWhole(record, 'after', Number.MAX_SAFE_INTEGER);
    placed.push({ fact, after });
  }
  return placed;
}

function connectionOf(life: readonly PlacedFact[]): number {
  const created = life[0]?.fact;
  if (created?.kind !== 'connection-created') {
    throw new TraceError('the facts of an entry should begin with “connection-created”.');
  }
  return created.connection;
}

function interleave(life: readonly PlacedFact[], messages: readonly (Fact | undefined)[]): Fact[] {
  const facts: Fact[] = [];
  let next = 0;
  for (const { fact, after } of life) {
    for (; next < Math.min(after, messages.length); next += 1) push(messages[next]);
    facts.push(fact);
  }
  for (; next < messages.length; next += 1) push(messages[next]);
  return facts;

  function push(message: Fact | undefined): void {
    if (message !== undefined) facts.push(message);
  }
}
