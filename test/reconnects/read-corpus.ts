import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import type { Session } from '../../src/core/session.ts';
import { importTrace } from '../../src/trace/importers.ts';
import type { Truth } from './truth.ts';

const FOLDER = new URL('../fixtures/reconnects/', import.meta.url);
const TRUTH = '.truth.json';

/** The names of all recordings. */
export function recordingNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(TRUTH))
    .map((file) => file.slice(0, -TRUTH.length))
    .sort();
}

/** A recorded session and what is true of it. */
export interface Recorded {
  readonly truth: Truth;
  readonly session: Session;
  readonly warnings: readonly string[];
}

export async function readRecording(name: string): Promise<Recorded> {
  const truth = JSON.parse(readFileSync(new URL(name + TRUTH, FOLDER), 'utf8')) as Truth;
  const { session, warnings } = await importTrace(
    createReadStream(new URL(`${name}.jsonl`, FOLDER)),
  );
  return { truth, session, warnings };
}
