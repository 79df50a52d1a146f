import { describe, expect, it } from 'vitest';
import { closeCodeName, isReservedForBrowser } from '../../../src/core/close-codes.ts';
import { type ConnectionEnd, describeClose } from '../../../src/core/describe-close.ts';
import { libraryCloseCode } from '../../../src/core/library-close-codes.ts';

describe('close codes', () => {
  it('names the codes of RFC 6455 and of the registry', () => {
    for (let code = 1000; code <= 1015; code += 1) {
      expect(closeCodeName(code), String(code)).not.toContain('not assigned');
    }
    expect([1001, 1012, 3000, 3003, 3008].map(closeCodeName)).toEqual([
      'going away',
      'service restart',
      'unauthorized',
      'forbidden',
      'timeout',
    ]);
  });

  it('says whose an unregistered code is', () => {
    expect(closeCodeName(2500)).toContain('reserved for the WebSocket protocol');
    expect(closeCodeName(3999)).toContain('libraries and frameworks');
    expect(closeCodeName(4001)).toContain("the application's own");
    expect([0, 999, 5000].map(closeCodeName)).toEqual(Array(3).fill('not a valid close code'));
    expect([1005, 1006, 1015, 1000].map(isReservedForBrowser)).toEqual([true, true, true, false]);
  });
});

describe('private close codes', () => {
  const graphql = { subprotocol: 'graphql-transport-ws' };
  const centrifugo = { url: 'wss://a.test/connection/websocket' };

  it('are named by the library that the connection speaks with', () => {
    expect(libraryCloseCode(4408, graphql)).toBe(
      'no connection_init came in time, says graphql-ws',
    );
    expect(libraryCloseCode(3012, centrifugo)).toBe('no pong came, says Centrifugo');
    expect(libraryCloseCode(4501, centrifugo)).toBe('do not connect again, says Centrifugo');
    expect(libraryCloseCode(4201, { url: 'wss://a.test/app/key?protocol=7' })).toContain('Pusher');
    expect(libraryCloseCode(4009, { url: 'wss://gateway.discord.gg/?v=10' })).toContain('Discord');
    expect(libraryCloseCode(3000, { url: 'wss://a.test/e/123/abc/websocket' })).toContain('SockJS');
  });

  it('are not named where another one speaks', () => {
    expect(libraryCloseCode(4408, {})).toBeUndefined();
    expect(libraryCloseCode(4009, { url: 'wss://chat.test/' })).toBeUndefined();
    const closed = { state: 'closed', endedBy: 'server', closeCode: 4408, wasClean: true } as const;
    expect(describeClose(closed)).toBe("The server closed it: the application's own code (4408).");
    expect(describeClose({ ...closed, ...graphql })).toBe(
      'The server closed it: no connection_init came in time, says graphql-ws (4408).',
    );
  });
});

describe('the description of a close', () => {
  const cases: [ConnectionEnd, string][] = [
    [{ state: 'connecting' }, 'It is still connecting.'],
    [{ state: 'open' }, 'It is still open.'],
    [{ state: 'closing' }, 'The closing handshake is under way.'],
    [
      { state: 'closed', endedBy: 'server', closeCode: 1001, closeReason: '', wasClean: true },
      'The server closed it: going away (1001).',
    ],
    [
      { state: 'closed', endedBy: 'page', closeCode: 1000, closeReason: '', wasClean: true },
      'The page closed it: normal closure (1000).',
    ],
    [
      { state: 'closed', endedBy: 'page', closeCode: 4001, closeReason: 'bye', wasClean: true },
      "The page closed it: the application's own code (4001), “bye”.",
    ],
    [
      { state: 'closed', endedBy: 'page', closeCode: 1006, closeReason: '', wasClean: false },
      'The page closed it, and the closing handshake was not finished (1006).',
    ],
    [
      { state: 'closed', endedBy: 'network', closeCode: 1006, closeReason: '', wasClean: false },
      'The connection broke without a closing handshake (1006).',
    ],
    [
      { state: 'failed', endedBy: 'unknown', closeCode: 1006, closeReason: '', wasClean: false },
      'It never opened: the server refused it or could not be reached (1006).',
    ],
    [{ state: 'failed', endedBy: 'page' }, 'The page closed it before it opened.'],
    [{ state: 'failed', endedBy: 'server' }, 'It never opened: the server refused it.'],
    [{ state: 'failed', endedBy: 'navigation' }, 'Its document went away before it opened.'],
    [{ state: 'closed', endedBy: 'page' }, 'The page closed it.'],
    [{ state: 'closed', endedBy: 'server' }, 'The server closed it.'],
    [{ state: 'closed', endedBy: 'network' }, 'The connection broke.'],
    [{ state: 'closed', endedBy: 'unknown' }, 'It ended, and nothing tells why.'],
    [
      { state: 'closed', endedBy: 'navigation' },
      'It ended with its document: the user navigated away, or the frame was removed.',
    ],
  ];
  it.each(cases)('of %o is “%s”', (end, sentence) => {
    expect(describeClose(end)).toBe(sentence);
  });
});
