import { createReport, type Report } from '../../core/report.ts';
import { measureCompressions } from '../../core/wire-cost/compression.ts';
import { startNodeDeflate } from './node-deflate.ts';
import { readTrace } from './read-trace.ts';
import { renderReport } from './report-table.ts';

/** A trace's report, and in plain words what of the file is not in it. */
export interface ReadReport {
  report: Report;
  warnings: string[];
}

/** @throws {TraceError} and what the file system says */
export async function readReport(file: string): Promise<ReadReport> {
  const { session, decoded, warnings } = await readTrace(file);
  const compressions = await measureCompressions(session, startNodeDeflate);
  return { report: createReport(session, decoded, compressions), warnings };
}

/** The report on stdout, as JSON or as a table; everything else goes to stderr. */
export function printReport({ report, warnings }: ReadReport, { json }: { json: boolean }): void {
  for (const warning of warnings) console.error(`wirescope: ${warning}`);
  console.log(json ? JSON.stringify(report, null, 2) : renderReport(report));
}
