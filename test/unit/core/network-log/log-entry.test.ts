import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLogEntry, readLogMessage } from '../../../../src/core/network-log/log-entry.ts';

const SOCKET = {
  _resourceType: 'websocket',
  _connectionId: '7',
  startedDateTime: '2026-11-21T12:00:00.250Z',
  time: 42.5,
  serverIPAddress: '::1',
  connection: '8080',
  _initiator: { type: 'script', stack: { callFrames: [{ url: 'https://shop.test/app.js' }] } },
  request: { method: 'GET', url: 'wss://shop.test/live#x', httpVersion: 'HTTP/1.1', headers: [] },
  response: {
    status: 101,
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Sec-WebSocket-Accept', value: 'abc=' }],
    content: { mimeType: 'x-unknown' },
  },
  timings: { blocked: 1, dns: -1, connect: 2.5, send: 0, wait: 3, receive: 0, ssl: -1 },
  _webSocketMessages: [{}],
};

describe('an entry of the network log', () => {
  it('tells the handshake in the words of HAR', () => {
    expect(readLogEntry(SOCKET)).toEqual({
      kind: 'websocket',
      url: 'wss://shop.test/live',
      method: 'GET',
      connectionId: '7',
      startedAt: Date.UTC(2026, 10, 21, 12, 0, 0, 250),
      duration: 42.5,
      status: 101,
      httpVersion: 'http/1.1',
      remoteAddress: '[::1]:8080',
      requestHeaders: [],
      responseHeaders: [['Sec-WebSocket-Accept', 'abc=']],
      timings: { blocked: 1, connect: 2.5, send: 0, wait: 3, receive: 0 },
      script: 'https://shop.test/app.js',
      isEventStream: false,
      messages: [{}],
    });
  });

  it('is an event stream by its type, by its content type, or by its messages', () => {
    const entry = (more: object) =>
      readLogEntry({ ...SOCKET, _resourceType: 'fetch', _webSocketMessages: undefined, ...more });
    expect(entry({})).toMatchObject({ kind: 'request', isEventStream: false });
    expect(entry({ _resourceType: 'eventsource' })).toMatchObject({
      kind: 'eventsource',
      isEventStream: true,
    });
    const response = {
      ...SOCKET.response,
      content: { mimeType: 'text/event-stream; charset=utf-8' },
    };
    expect(entry({ response })).toMatchObject({ kind: 'request', isEventStream: true });
    expect(entry({ _eventSourceMessages: [] })).toMatchObject({ isEventStream: true });
  });

  it('that is none, or has no time, is passed over; nothing makes the reader throw', () => {
    expect(readLogEntry({ ...SOCKET, startedDateTime: 'yesterday' })).toBeUndefined();
    expect(readLogEntry(null)).toBeUndefined();
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (value, part) => {
        readLogEntry(value);
        readLogEntry({ ...SOCKET, request: part });
        readLogEntry({ ...SOCKET, response: part, timings: part, _initiator: part });
        readLogMessage('websocket', value);
        readLogMessage('eventsource', value);
      }),
    );
  });
});

describe('a message of the network log', () => {
  it('is text, or bytes by its opcode; errors are none', () => {
    expect(readLogMessage('websocket', { type: 'send', time: 1.5, opcode: 1, data: 'hi' })).toEqual(
      {
        at: 1500,
        direction: 'sent',
        payload: 'hi',
      },
    );
    expect(
      readLogMessage('websocket', { type: 'receive', time: 2, opcode: 2, data: 'AQI=' }),
    ).toEqual({ at: 2000, direction: 'received', payload: new Uint8Array([1, 2]) });
    expect(
      readLogMessage('websocket', { type: 'error', time: 2, opcode: -1, data: 'broken' }),
    ).toBeUndefined();
  });

  it('of an event stream has a type and an id', () => {
    expect(
      readLogMessage('eventsource', { time: 3, eventName: 'tick', eventId: '7', data: 'x' }),
    ).toEqual({
      at: 3000,
      direction: 'received',
      payload: 'x',
      eventType: 'tick',
      lastEventId: '7',
    });
  });
});
