import { describe, expect, test } from 'vitest';
import { openSocket, seqOf, startLab } from './lab-clients.ts';

describe('WebSocket endpoints', () => {
  test('the feed counts from 1 without a gap and the log holds it word for word', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?rate=500&count=20&name=a');
    await page.count(20);
    expect(page.received.map(seqOf)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const connection = lab.log.connectionNamed('a');
    expect(connection).toMatchObject({ transport: 'websocket', status: 101, closedAt: null });
    const logged = lab.log.messagesOf(connection?.id ?? 0);
    expect(logged.map((message) => message.payload)).toEqual(page.received);
    expect(new Set(logged.map((message) => message.direction))).toEqual(new Set(['received']));
  });

  test('the echo gives text and binary back as they were', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/echo?name=a');
    await page.opened;
    const zoo = [
      'hello',
      '',
      '🛰️',
      Buffer.from([0, 1, 255]),
      Buffer.alloc(0),
      'x'.repeat(1_048_576),
    ];
    for (const payload of zoo) page.socket.send(payload);
    await page.count(zoo.length);
    expect(page.received).toEqual(zoo);
    const logged = lab.log.messagesOf(lab.log.connectionNamed('a')?.id ?? 0);
    const sent = logged.filter((message) => message.direction === 'sent');
    expect(sent.map((message) => message.payload)).toEqual(zoo);
    expect(sent.map((message) => message.data)).toEqual([
      'text',
      'text',
      'text',
      'binary',
      'binary',
      'text',
    ]);
  });

  test('the sink answers nothing and closes when it was asked to', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/sink?closeAfter=2&code=4001&reason=enough');
    await page.opened;
    page.socket.send('one');
    page.socket.send('two');
    expect(await page.closed).toEqual({ code: 4001, reason: 'enough' });
    expect(page.received).toEqual([]);
    await lab.log.until((log) => log.connections()[0]?.closedAt !== null);
    expect(lab.log.connections()[0]).toMatchObject({
      endedBy: 'server',
      closeCode: 4001,
      closeReason: 'enough',
    });
  });

  test('a cut connection ends with 1006 and has every logged message', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?rate=1000&burst=50&dropAfter=50&size=5000');
    expect(await page.closed).toEqual({ code: 1006, reason: '' });
    await lab.log.until((log) => log.connections()[0]?.closedAt !== null);
    expect(lab.log.messagesOf(1).map((message) => message.payload)).toEqual(page.received);
    expect(page.received).toHaveLength(50);
    expect(lab.log.connections()[0]).toMatchObject({ endedBy: 'server', closeCode: 1006 });
  });

  test('a half-open connection stays open and answers nothing', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?rate=1000&halfOpen=3');
    await page.count(3);
    page.socket.send('{"type":"ping"}');
    page.socket.close(4000, 'no answer');
    await lab.log.until((log) => log.messagesOf(1).some(({ direction }) => direction === 'sent'));
    const other = openSocket(lab, '/ws/feed?rate=1000&count=30');
    await other.count(30);
    expect(page.received).toHaveLength(3);
    expect(page.socket.readyState).toBe(page.socket.CLOSING);
    expect(lab.log.connections()[0]).toMatchObject({ closedAt: null });
    page.socket.terminate();
    await lab.log.until((log) => log.connections()[0]?.closedAt !== null);
    expect(lab.log.connections()[0]).toMatchObject({ endedBy: 'page', closeCode: 4000 });
  });

  test('the first tries of a key are refused, the next is let in', async () => {
    const lab = await startLab();
    const path = '/ws/feed?key=k&refuse=2&refuseStatus=429&count=1';
    await openSocket(lab, path).closed;
    await openSocket(lab, path).closed;
    const page = openSocket(lab, path);
    await page.count(1);
    expect(lab.log.connections().map((entry) => entry.status)).toEqual([429, 429, 101]);
  });

  test('after continues a feed where the page left it, without a gap', async () => {
    const lab = await startLab();
    const first = openSocket(lab, '/ws/feed?key=k&rate=100&dropAfter=5');
    await first.closed;
    const second = openSocket(lab, '/ws/feed?key=k&rate=100&after=5');
    await second.count(3);
    expect(second.received.slice(0, 3).map(seqOf)).toEqual([6, 7, 8]);
  });

  test('without resume a feed that ran on leaves a gap', async () => {
    const lab = await startLab();
    const path = '/ws/feed?key=k&rate=100&resume=0';
    const first = openSocket(lab, `${path}&dropAfter=2`);
    await first.closed;
    const witness = openSocket(lab, path);
    await witness.count(5);
    const second = openSocket(lab, `${path}&after=2`);
    await second.count(1);
    expect(seqOf(second.received[0])).toBeGreaterThan(4);
  });

  test('the feed answers a ping and a subscription', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?count=0');
    await page.opened;
    page.socket.send('{"type":"ping","id":7}');
    page.socket.send('not JSON');
    page.socket.send('{"type":"subscribe","symbols":["ACME"]}');
    await page.count(2);
    expect(page.received).toEqual([
      '{"type":"pong","id":7}',
      '{"type":"subscribed","symbols":["ACME"]}',
    ]);
  });

  test('heartbeats come beside the feed, and binary frames carry the same JSON', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?count=1&heartbeat=10&binary=1');
    await page.count(2);
    expect(page.received[0]).toBeInstanceOf(Buffer);
    expect(seqOf(page.received[0])).toBe(1);
    expect(page.received[1]).toMatch(/^\{"type":"ping"/u);
  });

  test('the server chooses the subprotocol that it was told to', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?subprotocol=v2', ['v1', 'v2']);
    await page.opened;
    expect(page.socket.protocol).toBe('v2');
  });

  test('ten thousand messages arrive at once and in order', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?count=10000&burst=10000');
    await page.count(10_000);
    expect(page.received.map(seqOf).every((seq, index) => seq === index + 1)).toBe(true);
  });

  test('a wrong parameter refuses the handshake', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?nonsense=1');
    const status = await new Promise((resolve) => {
      page.socket.on('unexpected-response', (request, response) => {
        resolve(response.statusCode);
        request.destroy();
      });
    });
    expect(status).toBe(400);
    expect(lab.log.connections()).toEqual([]);
  });

  test('a page that vanishes ends its connection in the log', async () => {
    const lab = await startLab();
    const page = openSocket(lab, '/ws/feed?rate=1000');
    await page.count(1);
    page.socket.terminate();
    await lab.log.until((log) => log.connections()[0]?.closedAt !== null);
    expect(lab.log.connections()[0]).toMatchObject({ endedBy: 'network', closeCode: 1006 });
  });
});
