import { expect, test } from 'vitest';
import { wireCosts } from '../../../src/core/wire-cost/wire-costs.ts';
import { aSession } from '../../builders/session.ts';

/** One WebSocket that was opened with this status, in a log that says HTTP/1.1 in either case. */
function versionOf(status: number): string | undefined {
  const session = aSession()
    .frame('https://shop.test/')
    .websocket('wss://shop.test/quotes')
    .opens()
    .receives('12345')
    .logged({ requestHeaders: [['Upgrade', 'websocket']], status, httpVersion: 'http/1.1' })
    .build();
  const [channel] = session.channels;
  if (channel === undefined) throw new Error('there is one');
  return wireCosts(session, channel)[0]?.http;
}

test('a WebSocket that 200 opened is one over HTTP/2, whatever the log says', () => {
  expect(versionOf(200)).toBe('h2');
  expect(versionOf(101)).toBe('http/1.1');
});
