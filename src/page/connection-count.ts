/** Counts the connections of a document. */
export interface ConnectionCount {
  /** Counts connections from 1. */
  nextConnection: () => number;
  /** Runs once, just before the first connection. */
  beforeFirst: (run: () => void) => void;
}

export function createConnectionCount(): ConnectionCount & { readonly last: number } {
  let last = 0;
  let onFirst = (): void => undefined;
  return {
    get last() {
      return last;
    },
    nextConnection: () => {
      if (last === 0) onFirst();
      return (last += 1);
    },
    beforeFirst: (run) => {
      onFirst = run;
    },
  };
}
