import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { TapFact } from '../../../src/bridge/tap-record.ts';
import type { Recorder } from '../../../src/page/recorder.ts';
import { limitsOf } from '../../builders/tap.ts';

function createDeferred<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<Value>((settle, refuse) => {
    resolve = settle;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** The streams of both ends of a pipe. */
const createPipe = () => new TransformStream<Uint8Array, Uint8Array>();

/** Stands in for the browser's classes: attributes are getters, the streams are Node's own, and real. */
class FakeDuplex {
  readonly #readable: ReadableStream;
  readonly #writable: WritableStream;
  constructor(readable: ReadableStream, writable: WritableStream) {
    this.#readable = readable;
    this.#writable = writable;
  }
  get readable() {
    return this.#readable;
  }
  get writable() {
    return this.#writable;
  }
}
/** The two classes of the browser have getters of their own, which check the brand. */
class FakeStream extends FakeDuplex {}
class FakeDatagrams extends FakeDuplex {}
for (const { prototype } of [FakeStream, FakeDatagrams]) {
  for (const name of ['readable', 'writable']) {
    const native = Object.getOwnPropertyDescriptor(FakeDuplex.prototype, name);
    Object.defineProperty(prototype, name, native ?? {});
  }
}

/** The server's side of a transport. */
interface Server {
  datagrams: { toPage: WritableStreamDefaultWriter; fromPage: ReadableStreamDefaultReader };
  offer: (stream: unknown, isBidirectional: boolean) => Promise<void>;
  open: () => void;
  close: (info: object) => void;
  fail: (error: Error) => void;
}

let server: Server;

class FakeTransport {
  readonly #ready = createDeferred<undefined>();
  readonly #closed = createDeferred<object>();
  readonly #bidirectional = new TransformStream();
  readonly #unidirectional = new TransformStream();
  readonly #datagrams: FakeDatagrams;
  constructor() {
    const [down, up] = [createPipe(), createPipe()];
    this.#datagrams = new FakeDatagrams(down.readable, up.writable);
    const offers = [this.#unidirectional, this.#bidirectional].map(({ writable }) =>
      writable.getWriter(),
    );
    server = {
      datagrams: { toPage: down.writable.getWriter(), fromPage: up.readable.getReader() },
      offer: async (stream, isBidirectional) => offers[Number(isBidirectional)]?.write(stream),
      open: () => {
        this.#ready.resolve(undefined);
      },
      close: this.#closed.resolve,
      fail: this.#closed.reject,
    };
  }
  get ready() {
    return this.#ready.promise;
  }
  get closed() {
    return this.#closed.promise;
  }
  get datagrams() {
    return this.#datagrams;
  }
  get incomingBidirectionalStreams() {
    return this.#bidirectional.readable;
  }
  get incomingUnidirectionalStreams() {
    return this.#unidirectional.readable;
  }
  createUnidirectionalStream() {
    return Promise.resolve(createPipe().writable);
  }
  createBidirectionalStream() {
    const pipe = createPipe();
    return Promise.resolve(new FakeStream(pipe.readable, pipe.writable));
  }
  close(info: object = {}) {
    this.#closed.resolve({ closeCode: 0, reason: '', ...info });
  }
}

const facts: TapFact[] = [];
const failures: string[] = [];

beforeAll(async () => {
  vi.stubGlobal(
    'Node',
    class {
      get baseURI() {
        return import.meta.url;
      }
    },
  );
  vi.stubGlobal('document', {});
  vi.stubGlobal('WebTransport', FakeTransport);
  vi.stubGlobal('WebTransportBidirectionalStream', FakeStream);
  vi.stubGlobal('WebTransportDatagramDuplexStream', FakeDatagrams);
  const { tapWebTransport } = await import('../../../src/page/tap-webtransport.ts');
  const { createStreamFollower } = await import('../../../src/page/follow-streams.ts');
  const { createFailures } = await import('../../../src/page/failures.ts');
  const { createTell } = await import('../../../src/page/tell.ts');
  let connections = 0;
  const record = (fact: TapFact) => {
    facts.push(fact);
    return { n: facts.length, fact, bytes: 0, next: undefined };
  };
  const recorder = {
    nextConnection: () => (connections += 1),
    record,
    tell: createTell(record),
    ...createFailures((message) => failures.push(message)),
  } as unknown as Recorder;
  tapWebTransport(recorder, limitsOf(), createStreamFollower(recorder));
});

beforeEach(() => {
  facts.length = 0;
  failures.length = 0;
});

const bytes = (text: string) => new TextEncoder().encode(text);
const connect = () => new WebTransport('https://live.test/game?room=1');

/** Messages in short: what of, the direction, the text. */
const messages = () =>
  facts.flatMap((fact) =>
    fact.kind === 'message'
      ? [`${fact.eventType} ${fact.direction} ${Buffer.from(fact.payload ?? '').toString()}`]
      : [],
  );

it('datagrams are messages, sent when the stream has taken them', async () => {
  const { datagrams } = connect();
  const writer = datagrams.writable.getWriter();
  const reused = bytes('ping');
  const written = writer.write(reused);
  expect(messages()).toEqual([]);
  await server.datagrams.fromPage.read();
  await written;
  reused.fill(0);
  void server.datagrams.toPage.write(bytes('pong'));
  await datagrams.readable.getReader().read();
  expect(messages()).toEqual(['datagram sent ping', 'datagram received pong']);
  expect(failures).toEqual([]);
});

it('streams have a number each, in the order in which they were met', async () => {
  const transport = connect();
  const own = await transport.createUnidirectionalStream();
  void own.getWriter().write(bytes('up'));
  const both = await transport.createBidirectionalStream();
  void both.writable.getWriter().write(bytes('echo'));
  await both.readable.getReader().read();

  const [offered, other] = [createPipe(), createPipe()];
  void server.offer(offered.readable, false);
  void server.offer(new FakeStream(other.readable, other.writable), true);
  const reader = (
    transport.incomingUnidirectionalStreams as ReadableStream<ReadableStream>
  ).getReader();
  const { value: theirs } = await reader.read();
  void offered.writable.getWriter().write(bytes('down'));
  await theirs?.getReader().read();
  const offers = (transport.incomingBidirectionalStreams as ReadableStream<FakeStream>).getReader();
  const { value: duplex } = await offers.read();
  void duplex?.writable.getWriter().write(bytes('again'));
  await duplex?.readable.getReader().read();
  await vi.waitFor(() => {
    expect(messages().sort()).toEqual([
      'stream 2 received echo',
      'stream 2 sent echo',
      'stream 3 received down',
      'stream 4 received again',
      'stream 4 sent again',
    ]);
  });
  expect(failures).toEqual([]);
});

it('a chunk that a stream refuses was not sent', async () => {
  const { datagrams } = connect();
  const writer = datagrams.writable.getWriter();
  writer.releaseLock();
  await expect(writer.write(bytes('late'))).rejects.toThrow(TypeError);
  expect(messages()).toEqual([]);
});

it('its life is told: by whom it was ended, with code and reason', async () => {
  const life = () => facts.map(({ at: _at, ...fact }) => fact);
  const closed = connect();
  server.open();
  await closed.ready;
  server.close({ closeCode: 7, reason: 'maintenance' });
  await closed.closed;
  expect(life()).toMatchObject([
    { kind: 'connection-created', transport: 'webtransport', url: 'https://live.test/game?room=1' },
    { kind: 'connection-opened' },
    {
      kind: 'connection-ended',
      endedBy: 'server',
      closeCode: 7,
      closeReason: 'maintenance',
      wasClean: true,
    },
  ]);
  facts.length = 0;

  const own = connect();
  server.open();
  await own.ready;
  own.close({ closeCode: 1, reason: 'done' });
  own.close();
  await own.closed;
  expect(life().slice(2)).toMatchObject([
    { kind: 'connection-closing', closeCode: 1, closeReason: 'done' },
    {
      kind: 'connection-ended',
      endedBy: 'page',
      closeCode: 1,
      closeReason: 'done',
      wasClean: true,
    },
  ]);
  facts.length = 0;

  const broken = connect();
  server.open();
  await broken.ready;
  server.fail(new Error('lost'));
  await expect(broken.closed).rejects.toThrow('lost');
  expect(life().slice(2)).toMatchObject([
    { kind: 'connection-errored' },
    { kind: 'connection-ended', endedBy: 'network', wasClean: false },
  ]);
  expect(failures).toEqual([]);
});
