import { get } from 'node:http';
import { connect } from 'node:http2';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createCertificate } from '../../../../src/lab/workload/certificate.ts';
import { createLane, type Lane } from '../../../../src/lab/workload/lane.ts';
import { readPlan } from '../../../../src/lab/workload/read-plan.ts';
import { totalOf } from '../../../../src/lab/workload/wire-split.ts';
import type { WORKLOAD_TRANSPORTS } from '../../../../src/lab/workload/workload.ts';

const certificate = createCertificate(new Date());
const lanes: Lane[] = [];

afterEach(async () => {
  await Promise.all(lanes.splice(0).map((lane) => lane.close()));
});

async function openLane(
  transport: (typeof WORKLOAD_TRANSPORTS)[number],
  plan: Record<string, string>,
): Promise<Lane> {
  const read = readPlan(new URLSearchParams({ seconds: '0.2', rate: '50', size: '100', ...plan }));
  if (!read.ok) throw new Error(read.problems.join());
  const lane = await createLane(transport, read.plan, certificate);
  lanes.push(lane);
  return lane;
}

/** Reads one response to its end, or until so many bytes are there. */
function read(url: string, enough = Infinity): Promise<{ text: string; socket: Socket }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      let text = '';
      const { socket } = response;
      response.setEncoding('utf8');
      response.on('data', (more: string) => {
        text += more;
        if (text.length >= enough) request.destroy();
      });
      response.on('close', () => resolve({ text, socket }));
      response.on('error', () => undefined);
    });
    request.on('error', reject);
  });
}

describe('a lane over plain HTTP/1.1', () => {
  test('counts what the client’s own socket counts, and tells heads from bodies', async () => {
    const { front } = await openLane('long-polling', {});
    const { text, socket } = await read(`${front.origin}/long-polling?after=0`);
    expect(totalOf(front.sent)).toBe(socket.bytesWritten);
    expect(totalOf(front.received)).toBe(socket.bytesRead);
    expect(front.received).toMatchObject({ framing: 0, body: text.length });
    expect([front.requests(), front.connections()]).toEqual([1, 1]);
    expect(JSON.parse(text)).toMatchObject({ last: 1 });
  });

  test('puts a chunk around each event', async () => {
    const { front } = await openLane('eventsource', {});
    const { text, socket } = await read(`${front.origin}/eventsource`, 12 + 10 * 110);
    const events = text.split('\n\n').filter((event) => event.includes('data:'));
    expect(events).toHaveLength(10);
    expect(text.length).toBe(front.received.body);
    // `retry: 500` is 12 bytes long, an event 3 digits of length or 2.
    expect(front.received.framing).toBe(1 + 4 + 10 * (2 + 4));
    expect(totalOf(front.received)).toBe(socket.bytesRead);
  });

  test('sees the frames of a WebSocket, masked ones too', async () => {
    const { front, story } = await openLane('websocket', { direction: 'echo' });
    const native = new WebSocket(`${front.origin.replace('http', 'ws')}/websocket`);
    const upgraded = new Promise<Socket>((resolve) => {
      native.on('upgrade', (response) => resolve(response.socket));
    });
    const answered = new Promise<string>((resolve) => {
      native.on('message', (data) => resolve((data as Buffer).toString()));
    });
    await new Promise((resolve) => native.on('open', resolve));
    const socket = await upgraded;
    native.send(`{"seq":1,"at":1,"text":"${'x'.repeat(200)}"}`);
    expect(JSON.parse(await answered)).toMatchObject({ seq: 1 });
    const length = story.sent().bytes;
    expect(front.sent).toMatchObject({ framing: 2 + 2 + 4, body: length });
    expect(front.received).toMatchObject({ framing: 2, body: 100 });
    expect(totalOf(front.sent)).toBe(socket.bytesWritten);
    expect(totalOf(front.received)).toBe(socket.bytesRead);
    native.terminate();
  });

  test('cuts the connection after so many messages, and goes on where the page says', async () => {
    const { front } = await openLane('fetch-stream', { lose: '4' });
    const first = await new Promise<string>((resolve) => {
      get(`${front.origin}/fetch-stream`, { agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (more: string) => (text += more));
        response.on('error', () => undefined);
        response.on('close', () => resolve(text));
      }).on('error', () => undefined);
    });
    expect(first.trimEnd().split('\n')).toHaveLength(4);
    const { text } = await read(`${front.origin}/fetch-stream?after=4`, 101);
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({ seq: 5 });
  });

  test('a proxy in front holds events back until there are enough', async () => {
    const { front } = await openLane('eventsource', {
      buffer: '500',
      bufferTime: '60000',
      seconds: '1',
    });
    const pieces: string[] = [];
    await new Promise<void>((resolve) => {
      const request = get(`${front.origin}/eventsource`, { agent: false }, (response) => {
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          pieces.push(piece);
          if (pieces.length === 3) request.destroy();
        });
        response.on('error', () => undefined);
        response.on('close', resolve);
      });
      request.on('error', () => undefined);
    });
    for (const piece of pieces) expect(piece.length).toBeGreaterThanOrEqual(500);
  });

  test('delay holds bytes back on both ways', async () => {
    const { front } = await openLane('polling', { delay: '40' });
    const begun = performance.now();
    await read(`${front.origin}/polling?after=0`);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(79);
  });
});

test('over TLS a lane speaks HTTP/2 with whoever wants it', async () => {
  const { front } = await openLane('polling', { http: '2' });
  const client = connect(front.origin, { ca: certificate.cert });
  const stream = client.request({ ':path': '/polling?after=0' });
  stream.setEncoding('utf8');
  let text = '';
  for await (const piece of stream) text += String(piece);
  client.close();
  expect(JSON.parse(text)).toMatchObject({ messages: [] });
  expect(front.protocols()).toEqual(['h2']);
  expect(front.received.body).toBe(text.length);
  expect(front.sent.headers).toBeGreaterThan(10);
  expect(front.sent.framing).toBe(9);
  // The preface and SETTINGS, which may be acknowledged already.
  expect(front.sent.control).toBeGreaterThanOrEqual(24 + 9);
});
