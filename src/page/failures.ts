import { getOwnPropertyDescriptor } from './natives.ts';

/** A failure of ours never reaches the page, and is told once for each place. */
export interface Failures {
  /** Runs code of ours in the page's call. */
  attempt: (where: string, act: () => void) => void;
  /** It failed there. */
  failed: (where: string, error: unknown) => void;
}

export function createFailures(tell: (message: string) => void): Failures {
  const told = { __proto__: null } as unknown as Record<string, true>;
  function failed(where: string, error: unknown): void {
    if (told[where] === true) return;
    told[where] = true;
    tell(`${where}: ${wordsOf(error)}`);
  }
  return {
    failed,
    attempt: (where, act) => {
      try {
        act();
      } catch (error) {
        failed(where, error);
      }
    },
  };
}

/** An error's message, read without running page code. */
function wordsOf(error: unknown): string {
  const message: unknown =
    typeof error === 'object' && error !== null
      ? getOwnPropertyDescriptor(error, 'message')?.value
      : error;
  return typeof message === 'string' ? message : 'failed';
}
