/** A trace that cannot be read. Its message is for the user: plain words, with the line where known. */
export class TraceError extends Error {
  override name = 'TraceError';
  /** Counted from 1; absent where the format has no meaningful lines. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(line === undefined ? message : `Line ${line}: ${message}`);
    this.line = line;
  }
}
