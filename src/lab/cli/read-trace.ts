import { createReadStream } from 'node:fs';
import type { DecodedChannel } from '../../core/report-decoding.ts';
import type { Session } from '../../core/session.ts';
import { readSession } from '../../decoders/read-session.ts';
import { importTrace } from '../../trace/importers.ts';

/** A trace with what its messages mean, by the numbers of the channels, and in plain words what of the file is not in it. */
export interface ReadTrace {
  session: Session;
  decoded: ReadonlyMap<number, DecodedChannel>;
  warnings: string[];
}

/**
 * Reads a trace as a stream.
 * @throws {TraceError} and what the file system says
 */
export async function readTrace(file: string): Promise<ReadTrace> {
  try {
    const { session, warnings } = await importTrace(createReadStream(file));
    return { session, decoded: await readSession(session), warnings };
  } catch (error) {
    // Reading a folder fails without a word of which.
    if (error instanceof Error && 'code' in error) Object.assign(error, { path: file });
    throw error;
  }
}
