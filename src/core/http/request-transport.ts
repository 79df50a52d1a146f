import type { Transport } from '../facts.ts';

const REQUESTS: ReadonlySet<Transport> = new Set(['fetch-stream', 'xhr-stream', 'polling']);

/** Transports whose connections are requests that the page makes itself. */
export function isRequest(transport: Transport): boolean {
  return REQUESTS.has(transport);
}
