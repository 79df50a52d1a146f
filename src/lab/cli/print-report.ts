import { createReadStream } from 'node:fs';
import { createReport, type Report } from '../../core/report.ts';
import { measureCompressions } from '../../core/wire-cost/compression.ts';
import { readSession } from '../../decoders/read-session.ts';
import { importTrace } from '../../trace/importers.ts';
import { startNodeDeflate } from './node-deflate.ts';
import { renderReport } from './report-table.ts';

/** A trace's report, and in plain words what of the file is not in it. */
export interface ReadReport {
  report: Report;
  warnings: string[];
}

/**
 * Reads a trace as a stream.
 * @throws {TraceError} and what the file system says
 */
export async function readReport(file: string): Promise<ReadReport> {
  try {
    const { session, warnings } = await importTrace(createReadStream(file));
    const compressions = await measureCompressions(session, startNodeDeflate);
    return { report: createReport(session, await readSession(session), compressions), warnings };
  } catch (error) {
    // Reading a folder fails without a word of which.
    if (error instanceof Error && 'code' in error) Object.assign(error, { path: file });
    throw error;
  }
}

/** The report on stdout, as JSON or as a table; everything else goes to stderr. */
export function printReport({ report, warnings }: ReadReport, { json }: { json: boolean }): void {
  for (const warning of warnings) console.error(`wirescope: ${warning}`);
  console.log(json ? JSON.stringify(report, null, 2) : renderReport(report));
}
