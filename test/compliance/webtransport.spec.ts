import { compareProbes } from './compare.ts';

/** No server speaks HTTP/3 here, so every transport fails; streams that carry data are tested with fakes. */
compareProbes('WebTransport', {
  'has its native slots, before and after the first transport': () => {
    const describe = () =>
      [
        WebTransport,
        WebTransport.prototype,
        WebTransportBidirectionalStream.prototype,
        WebTransportDatagramDuplexStream.prototype,
        WritableStream.prototype,
        WritableStreamDefaultWriter.prototype,
        ReadableStream.prototype,
        ReadableStreamDefaultReader.prototype,
      ].map((owner) =>
        Reflect.ownKeys(owner).map((key) => {
          const { value, get, ...flags } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
          const own: unknown = value ?? get;
          return typeof own === 'function'
            ? [String(key), flags, own.name, own.length, Reflect.ownKeys(own), String(own)]
            : [String(key), flags, String(own)];
        }),
      );
    const before = describe();
    const transport = new WebTransport('https://127.0.0.1:1/slots');
    const { ready, closed, datagrams } = transport;
    for (const promise of [ready, closed]) promise.catch(() => undefined);
    return [
      before,
      describe(),
      transport.constructor === WebTransport,
      WebTransport.prototype.constructor === WebTransport,
      ready === transport.ready,
      closed === transport.closed,
      datagrams === transport.datagrams,
      Object.getPrototypeOf(ready) === Promise.prototype,
      Reflect.ownKeys(transport),
      Reflect.ownKeys(ready),
    ];
  },

  'refuses bad calls with the native errors': async () => {
    const construct = (...args: unknown[]) => Reflect.construct(WebTransport, args) as WebTransport;
    const call = (name: string, self: unknown, ...args: unknown[]): unknown =>
      Reflect.apply(Reflect.get(WebTransport.prototype, name) as CallableFunction, self, args);
    const getter = (name: string) =>
      Object.getOwnPropertyDescriptor(WebTransport.prototype, name)?.get as () => unknown;
    const answers: unknown[] = [];
    const transport = construct('https://127.0.0.1:1/calls');
    transport.ready.catch(() => undefined);
    transport.closed.catch(() => undefined);
    const tries: (() => unknown)[] = [
      () => (WebTransport as unknown as () => unknown)(),
      () => construct(),
      () => construct('http://127.0.0.1/'),
      () => construct('https://[bad'),
      () => construct('https://127.0.0.1/#fragment'),
      () => construct(Symbol('url')),
      () => construct('https://127.0.0.1:1/', 5),
      () => construct('https://127.0.0.1:1/', { serverCertificateHashes: 5 }),
      () => construct({ toString: () => 'ftp://own' }),
      () =>
        construct({
          toString: () => {
            throw new RangeError('mine');
          },
        }),
      () => call('close', {}),
      () => call('close', transport, 5),
      () => call('close', transport, { closeCode: 1, reason: 'x'.repeat(2000) }),
      () => call('createBidirectionalStream', {}),
      () => call('createUnidirectionalStream', transport),
      () => getter('ready').call({}),
      () => getter('closed').call({}),
    ];
    for (const attempt of tries) {
      try {
        answers.push(String(await attempt()));
      } catch (error) {
        const { name, message, constructor, stack = '' } = error as Error;
        answers.push([name, message, constructor.name, stack.includes('extension')]);
      }
    }
    return answers;
  },

  'fails with the same reasons, in the same order': async () => {
    const log: unknown[] = [];
    const transport = new WebTransport(new URL('https://127.0.0.1:1/fails'));
    const note = (name: string) => (error: unknown) => {
      const { message, stack = '' } = error as Error;
      log.push([name, String(error), message, Reflect.get(error as object, 'source'), stack]);
    };
    // Whether it had begun when the connection failed is chance, and Firefox words it by that.
    const noteName = (name: string) => (error: unknown) => log.push([name, (error as Error).name]);
    const { datagrams } = transport;
    const writing = datagrams.writable.getWriter();
    writing.closed.catch(note('writer'));
    const reading = (datagrams.readable as ReadableStream).getReader();
    const all = [
      transport.closed.catch(note('closed')),
      transport.ready.catch(note('ready')),
      reading.read().catch(note('read')),
      (transport.incomingBidirectionalStreams as ReadableStream)
        .getReader()
        .read()
        .catch(note('incoming')),
      transport.createBidirectionalStream().catch(noteName('create')),
      writing.write(new Uint8Array(1)).catch(note('write')),
    ];
    await Promise.all(all.slice(0, 2));
    // Others that fail after it, until three in a row bring nothing new: what has not settled by then never does.
    for (let [quiet, before] = [0, -1]; quiet < 3;) {
      await new WebTransport('https://127.0.0.1:1/sign').closed.catch(() => undefined);
      quiet = log.length === before ? quiet + 1 : 0;
      before = log.length;
    }
    return log.map((entry) => JSON.stringify(entry)).sort();
  },

  'keeps the order of `ready` and `closed`': async () => {
    const log: string[] = [];
    const transport = new WebTransport('https://127.0.0.1:1/order');
    await Promise.all([
      transport.ready.catch(() => log.push('ready')),
      transport.closed.catch(() => log.push('closed')),
    ]);
    return log;
  },

  'tells `unhandledrejection` of the promises that the page asked for': async () => {
    const outcomes: unknown[] = [];
    for (const ask of [[], ['ready'], ['closed'], ['ready', 'closed']] as const) {
      const unheard: unknown[] = [];
      const transport = new WebTransport('https://127.0.0.1:1/unheard');
      const asked = ask.map((name) => transport[name]);
      const onunhandled = (event: PromiseRejectionEvent) => {
        event.preventDefault();
        unheard.push([ask[asked.indexOf(event.promise as never)], String(event.reason)]);
      };
      addEventListener('unhandledrejection', onunhandled);
      // Another one that fails after it, as the sign that it has failed.
      await new WebTransport('https://127.0.0.1:1/sign').closed.catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
      removeEventListener('unhandledrejection', onunhandled);
      outcomes.push(unheard);
    }
    return outcomes;
  },

  'closed by the page before it opened ends as the native does': async () => {
    const transport = new WebTransport('https://127.0.0.1:1/closed');
    transport.close({ closeCode: 3, reason: 'enough' });
    const told = (error: unknown) => String(error);
    return [await transport.ready.catch(told), await transport.closed.catch(told)];
  },

  'lets a page read its options once': () => {
    const log: string[] = [];
    const options = new Proxy(
      {},
      {
        get: (_target, key) => {
          log.push(String(key));
          return undefined;
        },
      },
    );
    const transport = new WebTransport('https://127.0.0.1:1/options', options);
    transport.close();
    return log;
  },

  'can be subclassed': () => {
    class Transport extends WebTransport {
      label = 'own';
    }
    const transport = new Transport('https://127.0.0.1:1/subclass');
    transport.close();
    return [transport instanceof Transport, transport.label, transport.constructor === Transport];
  },

  'leaves streams of the page’s own alone': async () => {
    const taken: unknown[] = [];
    const own = new WritableStream({
      write: (chunk) => {
        taken.push(chunk);
        if (taken.length === 3) throw new RangeError('full');
      },
    });
    const writer = own.getWriter();
    const outcomes = await Promise.allSettled(
      [1, { any: 'thing' }, 3, 4].map((chunk) => writer.write(chunk)),
    );
    writer.releaseLock();
    const late = await writer.write(1).catch((error: unknown) => {
      const { name, message, stack = '' } = error as Error;
      return [name, message, stack.includes('extension')];
    });
    return [taken, outcomes.map((outcome) => outcome.status), late, own.locked];
  },
});
