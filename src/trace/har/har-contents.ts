import type { Fact, SessionHeader } from '../../core/facts.ts';
import { createSession, FactError } from '../../core/session.ts';
import { counted, type Imported } from '../imported.ts';
import { TraceError } from '../trace-error.ts';
import { mergeByTime } from './merge-by-time.ts';

/** What a HAR holds for us, before it becomes a session. */
export interface HarContents {
  header: SessionHeader;
  /** Facts of the frames first, then of each connection. */
  lists: Fact[][];
  /** Entries that are no real-time traffic, or cannot be read. */
  otherEntries: number;
  /** Message rows that could not be read. */
  skippedRows: number;
}

/** @throws {TraceError} when the facts contradict each other */
export function toImported(contents: HarContents): Imported {
  const session = createSession(contents.header);
  try {
    for (const fact of mergeByTime(contents.lists)) session.ingest(fact);
  } catch (error) {
    throw error instanceof FactError ? new TraceError(`${error.message}.`) : error;
  }
  const { otherEntries, skippedRows } = contents;
  const warnings: string[] = [];
  if (otherEntries > 0) {
    warnings.push(
      `Left out: ${counted(otherEntries, 'entry', 'entries')} without real-time traffic.`,
    );
  }
  if (skippedRows > 0) {
    warnings.push(
      `Left out: ${counted(skippedRows, 'message')} without a time, a known type, an opcode or readable data.`,
    );
  }
  return { session, warnings };
}
