import { getOwnPropertyDescriptor } from './natives.ts';

export type Attempt = (where: string, act: () => void) => void;

/** Puts a failure into words. @returns `undefined` when one at this place was told before */
type TellFailure = (where: string, error: unknown) => string | undefined;

function createFailureWords(): TellFailure {
  const told = { __proto__: null } as unknown as Record<string, true>;
  return (where, error) => {
    if (told[where] === true) return undefined;
    told[where] = true;
    return `${where}: ${wordsOf(error)}`;
  };
}

/** Runs code of ours in the page's call: a failure never reaches the page, and is told once for each place. */
export function createAttempt(tell: (message: string) => void): Attempt {
  const wordsFor = createFailureWords();
  return (where, act) => {
    try {
      act();
    } catch (error) {
      const message = wordsFor(where, error);
      if (message !== undefined) tell(message);
    }
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
