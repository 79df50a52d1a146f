import type { Fact } from '../../core/facts.ts';
import type { EpochMilliseconds } from '../../core/units.ts';
import { isRecord, type JsonRecord, readText } from '../fields.ts';
import { readIsoTime } from '../iso-time.ts';
import { TraceError } from '../trace-error.ts';
import { type Place, readConnection } from './foreign-connection.ts';
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
    fetchedStreams: 0,
    skippedRows: 0,
  };
  const frames = createFrames(pages, contents.header.startedAt);
  contents.lists.push(frames.facts);
  let connection = 0;
  for (const { entry, url, startedAt: entryStart } of dated) {
    const type = entry['_resourceType'];
    if (type === 'websocket' || type === 'eventsource') {
      connection += 1;
      const frame = frames.of(entry['pageref']);
      const place: Place = { connection, frame, url, transport: type };
      const at = entryStart - contents.header.startedAt;
      const { facts, skipped } = readConnection(entry, place, at, contents.header.startedAt);
      contents.skippedRows += skipped;
      contents.lists.push(facts);
    } else if (Array.isArray(entry['_eventSourceMessages'])) {
      contents.fetchedStreams += 1;
    } else {
      contents.otherEntries += 1;
    }
  }
  return contents;
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
