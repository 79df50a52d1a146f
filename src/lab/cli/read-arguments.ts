import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './command-errors.ts';

/**
 * Arguments by the rules of `node:util`, strictly.
 * @throws {UsageError}
 */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // The first sentence says what is wrong; the rest is advice for programmers.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split(/\.\s|\n/u)[0] ?? message, { cause: error });
  }
}

/** Exactly one argument that is no option. @throws {UsageError} */
export function onePositional(positionals: readonly string[], name: string): string {
  const [one, another] = positionals;
  if (one === undefined || one === '') throw new UsageError(`The ${name} is missing.`);
  if (another !== undefined) throw new UsageError(`One ${name} only: what is “${another}”?`);
  return one;
}

/** A command that takes options only. @throws {UsageError} */
export function noPositionals([first]: readonly string[]): void {
  if (first !== undefined) throw new UsageError(`What is “${first}”?`);
}
