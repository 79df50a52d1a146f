import type { LogEntry } from './log-entry.ts';

/**
 * The script of a service worker that the page registered: browsers mark its request (Service Workers, “Service-Worker”
 * header). What the worker then says itself is in no log of the page.
 */
export function serviceWorkerScript({ url, requestHeaders }: LogEntry): string | undefined {
  const isMarked = requestHeaders.some(
    ([name, value]) => name.toLowerCase() === 'service-worker' && value === 'script',
  );
  return isMarked ? url : undefined;
}
