import type { Headers } from '../../core/facts.ts';
import { isRecord } from '../fields.ts';

/** HAR 1.2 `headers`. */
export interface HarHeader {
  name: string;
  value: string;
}

export function toHarHeaders(headers: Headers | undefined): HarHeader[] {
  return (headers ?? []).map(([name, value]) => ({ name, value }));
}

/** The headers of a HAR request or response; what is no header is left out. */
export function readHarHeaders(message: unknown): Headers {
  const listed = isRecord(message) ? message['headers'] : undefined;
  const headers: Headers = [];
  for (const header of Array.isArray(listed) ? (listed as unknown[]) : []) {
    if (!isRecord(header)) continue;
    const { name, value } = header as { name?: unknown; value?: unknown };
    if (typeof name === 'string' && typeof value === 'string') headers.push([name, value]);
  }
  return headers;
}
