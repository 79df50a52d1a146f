import type { SessionHeader } from '../../core/facts.ts';
import { type JsonRecord, optional, readText } from '../fields.ts';
import { readIsoTime, toIsoTime } from '../iso-time.ts';

/** What is true of the whole session, as it stands in a file. */
export function headerToRecord({ url, startedAt, browser }: SessionHeader): JsonRecord {
  return { url, startedAt: toIsoTime(startedAt), ...(browser !== undefined && { browser }) };
}

/** @throws {TraceError} when a field is missing or has the wrong type */
export function readHeader(session: JsonRecord): SessionHeader {
  return {
    url: readText(session, 'url'),
    startedAt: readIsoTime(session, 'startedAt'),
    ...optional(session, 'browser', readText),
  };
}
