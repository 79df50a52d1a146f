import { compareProbes } from './compare.ts';

compareProbes('fetch', {
  'has its native slots': async ({ http }) => {
    const slots: [object, string | symbol][] = [[globalThis, 'fetch']];
    // Methods of bodies are touched with the first response only.
    await (await fetch(`${http}/poll/feed?count=1`)).text();
    for (const prototype of [
      Response.prototype,
      ReadableStream.prototype,
      ReadableStreamDefaultReader.prototype,
      ReadableStreamBYOBReader.prototype,
      Object.getPrototypeOf(new ReadableStream().values()) as object,
    ]) {
      for (const key of Reflect.ownKeys(prototype)) slots.push([prototype, key]);
    }
    const { prototype } = ReadableStream;
    return [
      prototype[Symbol.asyncIterator] === prototype.values,
      slots.map(([owner, key]) => {
        const { value, get, ...flags } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
        const own: unknown = value ?? get;
        return typeof own === 'function'
          ? [String(key), flags, own.name, own.length, Reflect.ownKeys(own).sort(), String(own)]
          : [String(key), flags, String(own)];
      }),
    ];
  },

  'refuses bad calls with the native errors': async ({ http }) => {
    const call = fetch as (...args: unknown[]) => Promise<unknown>;
    const answers: unknown[] = [];
    const tries: (() => unknown)[] = [
      () => call(),
      () => call('http://[bad'),
      () => call(http, { method: 'bad method' }),
      () => call(http, { method: 'TRACE' }),
      () => call(http, { body: 'x' }),
      () => call(http, { headers: { 'bad name': 'x' } }),
      () => call(http, { headers: 5 }),
      () => call(http, 5),
      () => call(http, null),
      () => call.call({} as never, http),
      () => new (fetch as unknown as new () => unknown)(),
      () => call(Symbol('url')),
      () => call(`${http.replace('http', 'ws')}/ws/sink`),
      () => call('http://127.0.0.1:1/'),
      () => call('http://user:pass@127.0.0.1/'),
      () => call(http, { signal: {} }),
      () => call(http, { mode: 'cors', cache: 'only-if-cached' }),
    ];
    for (const attempt of tries) {
      try {
        const promise = attempt();
        answers.push(promise instanceof Promise, ((await promise) as Response).status);
      } catch (error) {
        const { name, message, stack = '', constructor } = error as Error;
        answers.push([name, message, constructor === TypeError, stack.includes('extension')]);
      }
    }
    return answers;
  },

  'converts its arguments in the native order, once': async ({ http }) => {
    const log: string[] = [];
    const watched = (name: string, value: Record<string, unknown>) =>
      Object.create(
        null,
        Object.fromEntries(
          Object.entries(value).map(([key, own]) => [
            key,
            {
              enumerable: true,
              get() {
                log.push(`${name}.${key}`);
                return own;
              },
            },
          ]),
        ),
      ) as RequestInit;
    const url = {
      toString: () => {
        log.push('url');
        return `${http}/poll/feed?count=1`;
      },
    };
    const init = watched('init', {
      method: {
        toString: () => {
          log.push('method');
          return 'post';
        },
      },
      headers: watched('headers', { 'x-a': '1', Accept: 'text/plain' }),
      body: {
        toString: () => {
          log.push('body');
          return 'hello';
        },
      },
      credentials: 'omit',
    });
    const response = await fetch(url as unknown as string, init);
    return [log, response.status, response.url, await response.text()];
  },

  'gives native promises that settle alike': async ({ http }) => {
    const url = `${http}/poll/feed?count=1`;
    const order: string[] = [];
    const rejections: unknown[] = [];
    const hear = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      rejections.push([
        (event.reason as Error).name,
        (event.reason as Error).message,
        (event.reason as Error).stack?.includes('extension'),
      ]);
    };
    addEventListener('unhandledrejection', hear);
    void fetch('http://127.0.0.1:1/');
    const response = await fetch(url);
    const whole = response.json() as Promise<unknown>;
    order.push(Object.getPrototypeOf(whole) === Promise.prototype ? 'native' : 'other');
    await whole;
    void response.json();
    await (await fetch(url)).text().then(() => order.push('text'));
    await new Promise<void>((resolve) => {
      const look = () => {
        if (rejections.length === 2) resolve();
        else setTimeout(look, 10);
      };
      look();
    });
    removeEventListener('unhandledrejection', hear);
    return [order, rejections];
  },

  'hands out its own responses': async ({ http }) => {
    const response = await fetch(`${http}/sse/feed?rate=100&count=2&closeAfter=2`);
    const keys = Reflect.ownKeys(response);
    const { body } = response;
    const again = response.body === body;
    const clone = response.clone();
    return [
      keys,
      again,
      response.body === body,
      response.body === clone.body,
      Reflect.ownKeys(response.body ?? {}),
      response instanceof Response,
      Object.prototype.toString.call(response),
      response.url,
      response.type,
      response.redirected,
      response.bodyUsed,
      (await response.text()) === (await clone.text()),
      response.bodyUsed,
      body?.locked,
    ];
  },

  'reads bodies in every way, and refuses the second time': async ({ http }) => {
    const url = `${http}/poll/feed?count=3&rate=1000`;
    const answers: unknown[] = [];
    for (const way of ['text', 'json', 'arrayBuffer', 'blob', 'bytes', 'formData'] as const) {
      const response = await fetch(url);
      for (let time = 0; time < 2; time += 1) {
        try {
          const value: unknown = await response[way]();
          answers.push([way, Object.prototype.toString.call(value), response.bodyUsed]);
        } catch (error) {
          const { name, message, stack = '' } = error as Error;
          answers.push([way, name, message, stack.includes('extension')]);
        }
      }
    }
    try {
      await (await fetch(`${http}/stream/feed?count=2&rate=1000&closeAfter=2`)).json();
    } catch (error) {
      const { name, message, stack = '', constructor } = error as Error;
      answers.push([
        name,
        // The native adds it when the body was already there: it depends on the moment.
        message.replace("Failed to execute 'json' on 'Response': ", ''),
        constructor === SyntaxError,
        stack.includes('extension'),
      ]);
    }
    return answers;
  },

  'tells an abort of the page with the page’s reason': async ({ http }) => {
    const answers: unknown[] = [];
    const reason = { own: true };
    const tell = (error: unknown) => {
      answers.push(
        error === reason || [
          (error as Error).name,
          (error as Error).message,
          (error as object) instanceof DOMException,
        ],
      );
    };
    const early = AbortSignal.abort();
    await fetch(http, { signal: early }).catch(tell);
    for (const why of [undefined, reason]) {
      const controller = new AbortController();
      const response = await fetch(`${http}/sse/feed?rate=50`, { signal: controller.signal });
      const reader = (response.body as ReadableStream).getReader();
      await reader.read();
      const pending = reader.read();
      controller.abort(why);
      await pending.catch(tell);
      await reader.read().catch(tell);
      await reader.closed.catch(tell);
    }
    const controller = new AbortController();
    const pending = fetch(`${http}/poll/feed?slow=5000`, { signal: controller.signal });
    controller.abort(reason);
    await pending.catch(tell);
    return answers;
  },
});
