import { isRecord } from './json-parts.ts';

const NAMED = /^[\s,]*(?:#[^\n]*\n[\s,]*)*(?:query|mutation|subscription)\s+([_A-Za-z]\w{0,200})/u;
const FIRST_FIELD = /^[\s,]*(?:(?:query|mutation|subscription)\s*)?\{\s*([_A-Za-z]\w{0,200})/u;

/** The name of the operation that a request asks for, else its first field. */
export function operationName(request: unknown): string | undefined {
  if (!isRecord(request)) return undefined;
  const { operationName: given, query } = request;
  if (typeof given === 'string' && given !== '') return given;
  if (typeof query !== 'string') return undefined;
  return NAMED.exec(query)?.[1] ?? FIRST_FIELD.exec(query)?.[1];
}
