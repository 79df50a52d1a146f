import { expect, it } from 'vitest';
import { readLogEntry } from '../../../../src/core/network-log/log-entry.ts';
import { serviceWorkerScript } from '../../../../src/core/network-log/service-worker-script.ts';

/** An entry as Chromium 156 tells it of the script of a worker. */
const scriptOf = (...headers: [name: string, value: string][]) => {
  const entry = readLogEntry({
    startedDateTime: '2026-11-21T13:10:24.412Z',
    _resourceType: 'script',
    _initiator: { type: 'other', url: 'https://shop.test/' },
    request: {
      method: 'GET',
      url: 'https://shop.test/worker.js',
      headers: headers.map(([name, value]) => ({ name, value })),
    },
    response: { status: 0, headers: [], content: {} },
  });
  return entry === undefined ? 'no entry' : serviceWorkerScript(entry);
};

it('names the script of a service worker, by the mark of its request', () => {
  const script = 'https://shop.test/worker.js';
  expect(scriptOf(['Accept', '*/*'], ['Service-Worker', 'script'])).toBe(script);
  expect(scriptOf(['service-worker', 'script'])).toBe(script);
});

it('takes no other script for one', () => {
  expect(scriptOf(['Accept', '*/*'])).toBeUndefined();
  expect(scriptOf(['Sec-Fetch-Dest', 'worker'])).toBeUndefined();
  expect(scriptOf(['Service-Worker', 'navigation'])).toBeUndefined();
});
