import type { ConnectionCreated, Fact, MessageFact } from '../../core/facts.ts';
import { isRecord, type JsonRecord, readRecord, readWhole } from '../fields.ts';
import { TraceError } from '../trace-error.ts';
import { readHeader } from '../wirescope/header.ts';
import { readFact } from '../wirescope/read-fact.ts';
import { readMessage } from '../wirescope/read-message.ts';
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
  };
  for (const entry of entries) {
    const extras = isRecord(entry) ? entry['_wirescope'] : undefined;
    if (!isRecord(entry) || !isRecord(extras)) {
      contents.otherEntries += 1;
      continue;
    }
    const life = readFacts(extras, upgrade);
    const { connection, transport } = createdIn(life);
    const list = transport === 'websocket' ? '_webSocketMessages' : '_eventSourceMessages';
    const rows = readRows(entry, list, connection, header.startedAt);
    const own = readOwnRows(entry, connection, upgrade);
    contents.skippedRows += rows.skipped;
    contents.lists.push(interleave(life, inPlace(rows.messages, own)));
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

function createdIn(life: readonly PlacedFact[]): ConnectionCreated {
  const created = life[0]?.fact;
  if (created?.kind !== 'connection-created') {
    throw new TraceError('the facts of an entry should begin with “connection-created”.');
  }
  return created;
}

/** Messages for which there is no standard list, by their place among all of their connection. */
function readOwnRows(
  entry: JsonRecord,
  connection: number,
  upgrade: Upgrader,
): Map<number, MessageFact> {
  const own = new Map<number, MessageFact>();
  const list: unknown = entry['_wirescopeMessages'];
  if (list === undefined) return own;
  if (!Array.isArray(list)) throw new TraceError('“_wirescopeMessages” should be a list.');
  for (const row of list as unknown[]) {
    if (!isRecord(row)) throw new TraceError('a message should be an object.');
    const message = readMessage(upgrade({ ...row, kind: 'message', connection }));
    own.set(readWhole(row, 'index', Number.MAX_SAFE_INTEGER), message);
  }
  return own;
}

function inPlace(
  listed: readonly (MessageFact | undefined)[],
  own: ReadonlyMap<number, MessageFact>,
): (MessageFact | undefined)[] {
  if (own.size === 0) return [...listed];
  const all: (MessageFact | undefined)[] = [];
  let next = 0;
  let found = 0;
  // A damaged file may name places far beyond its messages; those come last.
  while (next < listed.length || found < own.size) {
    const message = own.get(all.length);
    if (message !== undefined) {
      all.push(message);
      found += 1;
    } else if (next < listed.length) {
      all.push(listed[next]);
      next += 1;
    } else {
      const rest = [...own].filter(([index]) => index >= all.length).sort(([a], [b]) => a - b);
      for (const [, late] of rest) all.push(late);
      break;
    }
  }
  return all;
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
