import { getOwnPropertyDescriptor } from './natives.ts';

/** Puts a failure into words. @returns `undefined` when one at this place was told before */
export type TellFailure = (where: string, error: unknown) => string | undefined;

export function createFailureWords(): TellFailure {
  const told = { __proto__: null } as unknown as Record<string, true>;
  return (where, error) => {
    if (told[where] === true) return undefined;
    told[where] = true;
    return `${where}: ${wordsOf(error)}`;
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
