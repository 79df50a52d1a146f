import type { Fact, Transport } from '../../core/facts.ts';
import type { SortedFact } from '../../core/http/request.ts';
import type { EpochMilliseconds } from '../../core/units.ts';
import { isRecord, type JsonRecord, readText } from '../fields.ts';
import { readIsoTime } from '../iso-time.ts';
import { TraceError } from '../trace-error.ts';
import { type Place, readConnection } from './foreign-connection.ts';
import { type ForeignRequest, requestApi, sortRequests } from './foreign-requests.ts';
import type { HarContents } from './har-contents.ts';

interface DatedEntry {
  entry: JsonRecord;
  url: string;
  startedAt: EpochMilliseconds;
}

/**
 * A HAR that Chrome (or a tool that writes Chrome's fields) exported. Times count from the earliest
 * entry; each page of the HAR becomes a frame, and each entry a channel of its own: HAR does not say
 * which connection continues which.
 */
export function readForeignHar(log: JsonRecord, entries: readonly unknown[]): HarContents {
  const dated = entries.map(readDated).filter((entry) => entry !== undefined);
  const startedAt = dated.reduce((least, entry) => Math.min(least, entry.startedAt), Infinity);
  const pages = readPages(log);
  const [firstPage] = pages.values();
  const contents: HarContents = {
    header: {
      url: firstPage?.title ?? dated[0]?.url ?? '',
      startedAt: startedAt === Infinity ? 0 : startedAt,
      ...browserOf(log),
    },
    lists: [],
    otherEntries: entries.length - dated.length,
    skippedRows: 0,
  };
  const frames = createFrames(pages, contents.header.startedAt);
  contents.lists.push(frames.facts);
  const atOf = (entry: DatedEntry) => entry.startedAt - contents.header.startedAt;
  let connection = 0;
  const requests = new Map<unknown, ForeignRequest[]>();
  for (const [index, dates] of dated.entries()) {
    const { entry, url } = dates;
    const transport = connectionTransport(entry);
    if (transport !== undefined) {
      connection += 1;
      const place: Place = { connection, frame: frames.of(entry['pageref']), url, transport };
      const read = readConnection(entry, place, atOf(dates), contents.header.startedAt);
      contents.skippedRows += read.skipped;
      contents.lists.push(read.facts);
      continue;
    }
    contents.otherEntries += 1;
    const api = requestApi(entry);
    if (api === undefined) continue;
    const request = { connection: index + 1, entry, url, at: atOf(dates), api };
    const ofPage = requests.get(entry['pageref']);
    if (ofPage === undefined) requests.set(entry['pageref'], [request]);
    else ofPage.push(request);
  }
  for (const [pageref, ofPage] of requests) {
    const numbers = new Map<number, number>();
    for (const [index, facts] of sortRequests(ofPage)) {
      connection += 1;
      contents.otherEntries -= 1;
      numbers.set(index, connection);
      contents.lists.push(asFacts(facts, frames.of(pageref), numbers));
    }
  }
  return contents;
}

/** The transport of an entry that tells its messages. */
function connectionTransport(entry: JsonRecord): Transport | undefined {
  const type = entry['_resourceType'];
  if (type === 'websocket' || type === 'eventsource') return type;
  if (!Array.isArray(entry['_eventSourceMessages'])) return undefined;
  return type === 'xhr' ? 'xhr-stream' : 'fetch-stream';
}

/** In the order in which the sorter admitted them, so that what a connection continues has its number. */
function asFacts(
  sorted: readonly SortedFact[],
  frame: number,
  numbers: ReadonlyMap<number, number>,
): Fact[] {
  return sorted.map((fact) => {
    const connection = numbers.get(fact.connection) ?? 0;
    if (fact.kind !== 'connection-created') return { ...fact, connection };
    const { continues: before, ...rest } = fact;
    const continues = before === undefined ? undefined : numbers.get(before);
    return {
      ...rest,
      connection,
      frame,
      source: 'network-log',
      ...(continues !== undefined && { continues }),
    };
  });
}

function readDated(entry: unknown): DatedEntry | undefined {
  if (!isRecord(entry) || !isRecord(entry['request'])) return undefined;
  try {
    const url = readText(entry['request'], 'url');
    return { entry, url, startedAt: readIsoTime(entry, 'startedDateTime') };
  } catch (error) {
    if (error instanceof TraceError) return undefined;
    throw error;
  }
}

interface Page {
  title: string;
  startedAt: EpochMilliseconds;
}

function readPages(log: JsonRecord): Map<string, Page> {
  const pages = new Map<string, Page>();
  const listed: unknown = log['pages'];
  for (const page of Array.isArray(listed) ? (listed as unknown[]) : []) {
    if (!isRecord(page) || typeof page['id'] !== 'string') continue;
    const { title, startedDateTime } = page as { title?: unknown; startedDateTime?: unknown };
    const started = typeof startedDateTime === 'string' ? Date.parse(startedDateTime) : NaN;
    pages.set(page['id'], {
      title: typeof title === 'string' ? title : '',
      startedAt: Number.isNaN(started) ? -Infinity : started,
    });
  }
  return pages;
}

/** Frames appear as connections need them; Chrome gives a page's URL as its title. */
function createFrames(
  pages: ReadonlyMap<string, Page>,
  startedAt: EpochMilliseconds,
): { facts: Fact[]; of: (pageref: unknown) => number } {
  const known = new Map<unknown, number>();
  const facts: Fact[] = [];
  return {
    facts,
    of: (pageref) => {
      const page = typeof pageref === 'string' ? pages.get(pageref) : undefined;
      const key = page === undefined ? undefined : pageref;
      const frame = known.get(key) ?? known.size + 1;
      if (!known.has(key)) {
        known.set(key, frame);
        facts.push({
          kind: 'frame-added',
          frame,
          at: Math.max((page?.startedAt ?? startedAt) - startedAt, 0),
          url: page?.title ?? '',
          frameKind: 'top',
        });
      }
      return frame;
    },
  };
}

function browserOf(log: JsonRecord): { browser?: string } {
  const browser = log['browser'];
  if (!isRecord(browser) || typeof browser['name'] !== 'string') return {};
  const version = typeof browser['version'] === 'string' ? browser['version'] : '';
  return { browser: `${browser['name']} ${version}`.trim() };
}
