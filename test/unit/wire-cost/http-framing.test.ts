import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { endFraming, pieceFraming } from '../../../src/core/wire-cost/http-framing.ts';

const PIECES = [1, 15, 16, 255, 256, 70_000];

const server = createServer((_request, response) => {
  for (const length of PIECES) response.write('x'.repeat(length));
  response.end();
});

afterEach(() => server.close());

it('chunks are as long as those of Node', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  const expected = PIECES.reduce(
    (sum, length) => sum + length + pieceFraming(length, 'http/1.1'),
    0,
  );
  expect(body.length).toBe(expected + endFraming('http/1.1'));
});

it('frames of HTTP/2 and 3 grow with the piece', () => {
  expect(PIECES.map((length) => pieceFraming(length, 'h2'))).toEqual([9, 9, 9, 9, 9, 45]);
  expect(PIECES.map((length) => pieceFraming(length, 'h3'))).toEqual([2, 2, 2, 3, 3, 5]);
  expect(pieceFraming(0, 'h2')).toBe(0);
});
