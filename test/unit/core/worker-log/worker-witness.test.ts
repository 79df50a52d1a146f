import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToBase64 } from '../../../../src/core/byte-text.ts';
import type { MessageFact } from '../../../../src/core/facts.ts';
import { createSession, type Session } from '../../../../src/core/session.ts';
import { readNetworkEvent } from '../../../../src/core/worker-log/network-event.ts';
import { createWorkerWitness } from '../../../../src/core/worker-log/worker-witness.ts';

const START = 1_800_000_000_000;
/** The browser's monotonic clock at the session's start, in seconds. */
const MONOTONIC = 500;

/** A worker whose debugger tells what the test says; `seconds` count from the session's start. */
function aWorker(streamContent = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array())) {
  let session: Session = createSession({ url: 'https://app.test/', startedAt: START });
  const witness = createWorkerWitness({
    kind: 'shared-worker',
    url: 'https://app.test/worker.js',
    session: () => session,
    streamContent,
  });
  return {
    witness,
    get session() {
      return session;
    },
    navigate: (at: number) => {
      session = createSession({ url: 'https://app.test/next', startedAt: START + at * 1000 });
    },
    tell: (method: string, seconds: number, params: object) => {
      const timestamp = MONOTONIC + seconds;
      const wallTime = (START + seconds * 1000) / 1000;
      const event = readNetworkEvent(`Network.${method}`, { timestamp, wallTime, ...params });
      if (event !== undefined) witness.hear(event, START + seconds * 1000 + 40);
    },
  };
}

function messagesOf(session: Session): MessageFact[] {
  return [...session.facts()].filter((fact) => fact.kind === 'message');
}

const SOCKET = { requestId: '7.1' };

function openSocket(worker: ReturnType<typeof aWorker>): void {
  const url = 'wss://app.test/live';
  worker.tell('webSocketCreated', 0, { ...SOCKET, url });
  const headers = { 'Sec-WebSocket-Protocol': 'v2, v1' };
  worker.tell('webSocketWillSendHandshakeRequest', 1, { ...SOCKET, request: { headers } });
  const response = { status: 101, headers: { 'Sec-WebSocket-Protocol': 'v1' } };
  worker.tell('webSocketHandshakeResponseReceived', 1.5, { ...SOCKET, response });
}

test('a WebSocket of a worker is a connection with its handshake, messages and end', () => {
  const worker = aWorker();
  openSocket(worker);
  const text = { opcode: 1, payloadData: 'grüß' };
  const binary = { opcode: 2, payloadData: bytesToBase64(new Uint8Array([0, 255])) };
  worker.tell('webSocketFrameSent', 2, { ...SOCKET, response: text });
  worker.tell('webSocketFrameReceived', 3, { ...SOCKET, response: binary });
  worker.tell('webSocketFrameReceived', 3, { ...SOCKET, response: { opcode: 9, payloadData: '' } });
  worker.tell('webSocketClosed', 4, SOCKET);
  const [connection] = worker.session.connections.values();
  expect(connection).toMatchObject({
    transport: 'websocket',
    url: 'wss://app.test/live',
    source: 'network-log',
    requestedSubprotocols: ['v2', 'v1'],
    subprotocol: 'v1',
    createdAt: 1000,
    openedAt: 1500,
    endedAt: 4000,
    state: 'closed',
  });
  expect(messagesOf(worker.session)).toMatchObject([
    { at: 2000, direction: 'sent', dataType: 'string', byteLength: 6, payload: 'grüß' },
    { at: 3000, direction: 'received', dataType: 'arraybuffer', payload: new Uint8Array([0, 255]) },
  ]);
  const [frame] = worker.session.frames.values();
  expect(frame).toMatchObject({ kind: 'shared-worker', url: 'https://app.test/worker.js' });
});

test('a connection that is older than the debugger has no address, but its messages', () => {
  const worker = aWorker();
  const response = { opcode: 1, payloadData: 'late' };
  worker.tell('webSocketFrameReceived', 2, { ...SOCKET, response });
  worker.tell('webSocketFrameReceived', 3, { ...SOCKET, response });
  expect([...worker.session.connections.values()]).toMatchObject([
    { url: 'ws://unknown.invalid/', early: true, state: 'open' },
  ]);
  expect(messagesOf(worker.session)).toHaveLength(2);
});

test('an open connection goes on in the session of the next page', () => {
  const worker = aWorker();
  openSocket(worker);
  worker.navigate(10);
  const response = { opcode: 1, payloadData: 'after' };
  worker.tell('webSocketFrameReceived', 12, { ...SOCKET, response });
  expect([...worker.session.connections.values()]).toMatchObject([
    { url: 'wss://app.test/live', createdAt: -9000, openedAt: -8500, early: true },
  ]);
  expect(messagesOf(worker.session)).toMatchObject([{ at: 2000, payload: 'after' }]);
});

const ANSWERED = {
  requestId: '9.1',
  type: 'Fetch',
  request: { url: 'https://app.test/stream', method: 'POST', headers: {}, postData: '{"n":1}' },
  response: { status: 200, headers: { 'content-type': 'application/x-ndjson' }, protocol: 'h2' },
};

test('a body comes from what was there when it was asked for, and from then on in pieces', async () => {
  let answer: ((bytes: Uint8Array<ArrayBuffer>) => void) | undefined;
  const worker = aWorker(
    () => new Promise<Uint8Array<ArrayBuffer>>((resolve) => (answer = resolve)),
  );
  worker.tell('requestWillBeSent', 0, ANSWERED);
  worker.tell('responseReceived', 1, ANSWERED);
  worker.tell('dataReceived', 1.1, { ...ANSWERED, dataLength: 4 });
  answer?.(new TextEncoder().encode('"a"\n'));
  await Promise.resolve();
  await Promise.resolve();
  const data = bytesToBase64(new TextEncoder().encode('"b"\n"c'));
  worker.tell('dataReceived', 2, { ...ANSWERED, dataLength: 6, data });
  worker.tell('dataReceived', 3, {
    ...ANSWERED,
    dataLength: 2,
    data: bytesToBase64(new TextEncoder().encode('"\n')),
  });
  worker.tell('loadingFinished', 4, ANSWERED);
  await Promise.resolve();
  await Promise.resolve();
  const received = messagesOf(worker.session).filter(({ direction }) => direction === 'received');
  expect(received.map(({ payload }) => payload)).toEqual(['"a"', '"b"', '"c"']);
  expect([...worker.session.connections.values()]).toMatchObject([
    {
      transport: 'fetch-stream',
      method: 'POST',
      status: 200,
      state: 'closed',
      endedBy: 'server',
      handshake: { httpVersion: 'h2' },
    },
  ]);
});

test('bytes that the debugger does not hand over are counted', async () => {
  const worker = aWorker(() => Promise.reject(new Error('no such request')));
  worker.tell('requestWillBeSent', 0, ANSWERED);
  worker.tell('responseReceived', 1, ANSWERED);
  worker.tell('dataReceived', 1.1, { ...ANSWERED, dataLength: 400 });
  worker.tell('loadingFinished', 4, ANSWERED);
  await new Promise((resolve) => setTimeout(resolve));
  const received = messagesOf(worker.session).filter(({ direction }) => direction === 'received');
  expect(received).toMatchObject([{ byteLength: 400, payload: null, payloadState: 'unreadable' }]);
});

test('whatever a debugger says, nothing throws', () => {
  const methods = [
    'webSocketCreated',
    'webSocketWillSendHandshakeRequest',
    'requestWillBeSent',
    'webSocketHandshakeResponseReceived',
    'responseReceived',
    'webSocketFrameSent',
    'eventSourceMessageReceived',
    'dataReceived',
    'webSocketFrameError',
    'webSocketClosed',
    'loadingFailed',
  ];
  const params = fc.record(
    {
      requestId: fc.constantFrom('1', '2'),
      type: fc.constantFrom('Fetch', 'EventSource', 'XHR', 'Other'),
      url: fc.string(),
      data: fc.string(),
      dataLength: fc.anything(),
      timestamp: fc.oneof(fc.double(), fc.anything()),
      wallTime: fc.anything(),
      request: fc.oneof(fc.anything(), fc.record({ url: fc.webUrl(), headers: fc.anything() })),
      response: fc.oneof(fc.anything(), fc.record({ opcode: fc.nat(3), payloadData: fc.string() })),
      initiator: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...methods), params)), (events) => {
      const worker = aWorker();
      for (const [method, told] of events) worker.tell(method, 1, told);
      worker.witness.end(START);
    }),
  );
});

test('an event stream of a worker that is redirected is one connection', () => {
  const worker = aWorker();
  const stream = { requestId: '7.2', type: 'EventSource' };
  for (const url of ['https://app.test/events', 'https://app.test/events/eu']) {
    worker.tell('requestWillBeSent', 1, { ...stream, request: { url, method: 'GET' } });
  }
  const headers = { 'content-type': 'text/event-stream' };
  worker.tell('responseReceived', 2, { ...stream, response: { status: 200, headers } });
  worker.tell('eventSourceMessageReceived', 3, { ...stream, data: 'one', eventId: '1' });
  expect(worker.session.channels).toHaveLength(1);
  expect([...worker.session.connections.values()]).toMatchObject([
    { transport: 'eventsource', openedAt: 2000 },
  ]);
  expect(messagesOf(worker.session)).toHaveLength(1);
});
