import { importTrace } from '../../trace/importers.ts';
import { TraceError } from '../../trace/trace-error.ts';
import type { OpenedTrace } from './panel.svelte.ts';

/** Reads a file that the user gave, of any format that we know. @throws {TraceError} when it is none */
export async function openTraceFile(
  file: File,
  onProgress: (characters: number) => void,
): Promise<OpenedTrace> {
  const { session, warnings } = await importTrace(file.stream(), onProgress);
  return { session, warnings, name: file.name };
}

export const importFailure = ({ name }: File, error: unknown): string =>
  `${name} could not be opened: ${failureWords(error)} What was here is as it was.`;

export function failureWords(error: unknown): string {
  if (error instanceof TraceError) return error.message;
  return error instanceof Error ? `${error.message}.` : 'unknown failure.';
}
