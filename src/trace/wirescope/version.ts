import { type JsonRecord, readWhole } from '../fields.ts';
import { TraceError } from '../trace-error.ts';

export const FORMAT = 'wirescope';

/**
 * The version that this build writes.
 *
 * - 1: the first.
 */
export const VERSION = 1;

/** Turns a line (header or record) of one version into a line of the next. */
export type Upgrader = (line: JsonRecord) => JsonRecord;

/** Which versions can be read: `upgraders[n]` leads from version n to n + 1. */
export interface Versions {
  current: number;
  upgraders: Readonly<Record<number, Upgrader>>;
}

export const VERSIONS: Versions = { current: VERSION, upgraders: {} };

/**
 * The way from a file's version to ours.
 * @throws {TraceError} when the file comes from the future, or from a past that nobody can read
 */
export function upgraderFor(header: JsonRecord, { current, upgraders }: Versions): Upgrader {
  const version = readWhole(header, 'version', Number.MAX_SAFE_INTEGER);
  if (version > current) {
    throw new TraceError(
      `This trace has format version ${version}; this Wirescope reads up to version ${current}. A newer Wirescope can open it.`,
    );
  }
  const steps: Upgrader[] = [];
  for (let from = version; from < current; from += 1) {
    const step = upgraders[from];
    if (step === undefined) {
      throw new TraceError(
        `This trace has format version ${version}, which Wirescope cannot read any more.`,
      );
    }
    steps.push(step);
  }
  return (line) => steps.reduce((upgraded, step) => step(upgraded), line);
}
