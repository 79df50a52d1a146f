import { describe, expect, test } from 'vitest';
import { createHttp1Reader } from '../../../../src/lab/workload/read-http1-wire.ts';
import { createHttp2Reader } from '../../../../src/lab/workload/read-http2-wire.ts';
import { createWebSocketReader } from '../../../../src/lab/workload/read-websocket-wire.ts';
import {
  emptySplit,
  totalOf,
  type WireReader,
  type WireSplit,
} from '../../../../src/lab/workload/wire-split.ts';

/** Reads the same bytes whole and in pieces of each of these sizes; all must agree. */
function readInPieces(
  wire: Buffer,
  createReader: (split: WireSplit) => WireReader,
): Readonly<WireSplit> {
  const results = [wire.length, 1, 2, 3, 7, 64].map((piece) => {
    const split = emptySplit();
    const read = createReader(split);
    for (let at = 0; at < wire.length; at += piece) read(wire.subarray(at, at + piece));
    expect(totalOf(split)).toBe(wire.length);
    return split;
  });
  for (const result of results) expect(result).toEqual(results[0]);
  return results[0] ?? emptySplit();
}

const frame = (first: number, length: number, isMasked: boolean): Buffer => {
  const extended =
    length < 126
      ? Buffer.from([length])
      : length < 65_536
        ? Buffer.from([126, length >> 8, length & 255])
        : Buffer.from([127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255]);
  if (isMasked) extended[0] = (extended[0] ?? 0) | 0x80;
  return Buffer.concat([
    Buffer.from([first]),
    extended,
    Buffer.alloc(isMasked ? 4 : 0),
    Buffer.alloc(length, 0xff),
  ]);
};

describe('WebSocket frames', () => {
  test.each([
    [0, 2],
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])('%i bytes from the server have %i bytes before them', (length, head) => {
    expect(readInPieces(frame(0x82, length, false), createWebSocketReader)).toEqual({
      headers: 0,
      framing: head,
      body: length,
      control: 0,
    });
    expect(readInPieces(frame(0x82, length, true), createWebSocketReader)).toEqual({
      headers: 0,
      framing: head + 4,
      body: length,
      control: 0,
    });
  });

  test('a ping, a pong and a close carry nothing of the app', () => {
    const wire = Buffer.concat([
      frame(0x89, 4, false),
      frame(0x81, 10, false),
      frame(0x88, 2, false),
    ]);
    expect(readInPieces(wire, createWebSocketReader)).toEqual({
      headers: 0,
      framing: 6 + 2 + 4,
      body: 10,
      control: 0,
    });
  });
});

describe('HTTP/1.1', () => {
  test('chunks, lengths and empty answers follow one another', () => {
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n';
    const none = 'HTTP/1.1 204 No Content\r\n\r\n';
    const wire = `${chunked}5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n${whole}hello world${none}${whole}HTTP/1.1 ok`;
    expect(readInPieces(Buffer.from(wire), createHttp1Reader)).toEqual({
      headers: chunked.length + whole.length * 2 + none.length,
      framing: '5\r\n\r\n'.length + '10\r\n\r\n'.length + '0\r\n\r\n'.length,
      body: 21 + 11 + 11,
      control: 0,
    });
  });

  test('requests with and without content, then frames after an upgrade', () => {
    const get = 'GET /polling?after=1 HTTP/1.1\r\nHost: a\r\n\r\n';
    const post = 'POST /up HTTP/1.1\r\nContent-Length: 4\r\n\r\n';
    const upgrade = 'GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const wire = Buffer.concat([
      Buffer.from(`${get}${post}body${get}${upgrade}`),
      frame(0x81, 300, true),
    ]);
    expect(readInPieces(wire, createHttp1Reader)).toEqual({
      headers: get.length * 2 + post.length + upgrade.length,
      framing: 8,
      body: 4 + 300,
      control: 0,
    });
  });

  test('a body without a length goes on until the end', () => {
    const head = 'HTTP/1.1 200 OK\r\n\r\n';
    expect(readInPieces(Buffer.from(`${head}to the end`), createHttp1Reader)).toEqual({
      headers: head.length,
      framing: 0,
      body: 10,
      control: 0,
    });
  });
});

describe('HTTP/2', () => {
  const h2 = (type: number, length: number) => {
    const head = Buffer.from([0, length >> 8, length & 255, type, 0, 0, 0, 0, 1]);
    return Buffer.concat([head, Buffer.alloc(length)]);
  };

  test('a client has a preface; settings are control, field blocks are headers', () => {
    const wire = Buffer.concat([
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      h2(4, 30),
      h2(8, 4),
      h2(1, 300),
      h2(9, 20),
      h2(0, 1000),
    ]);
    expect(readInPieces(wire, (split) => createHttp2Reader(split, 'client', false))).toEqual({
      headers: 320,
      framing: 3 * 9,
      body: 1000,
      control: 24 + 2 * 9 + 34,
    });
  });

  test('a WebSocket has frames within frames', () => {
    const message = frame(0x81, 200, false);
    const data = h2(0, message.length);
    message.copy(data, 9);
    expect(readInPieces(data, (split) => createHttp2Reader(split, 'server', true))).toEqual({
      headers: 0,
      framing: 9 + 4,
      body: 200,
      control: 0,
    });
  });
});
