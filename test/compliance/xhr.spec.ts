import { compareProbes } from './compare.ts';

compareProbes('XMLHttpRequest', {
  'has its native slots': () => {
    const slots: [object, string | symbol][] = [[globalThis, 'XMLHttpRequest']];
    for (const owner of [XMLHttpRequest, XMLHttpRequest.prototype]) {
      for (const key of Reflect.ownKeys(owner)) slots.push([owner, key]);
    }
    return [
      XMLHttpRequest.prototype.constructor === XMLHttpRequest,
      Reflect.ownKeys(new XMLHttpRequest()),
      slots.map(([owner, key]) => {
        const { value, get, ...flags } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
        const own: unknown = value ?? get;
        return typeof own === 'function'
          ? [String(key), flags, own.name, own.length, String(own)]
          : [String(key), flags, String(own)];
      }),
    ];
  },

  'tells its story in the native order': async ({ http }) => {
    const tell = (type: XMLHttpRequestResponseType, path: string, method = 'GET', body?: string) =>
      new Promise<unknown[]>((resolve) => {
        const story: unknown[] = [];
        const request = new XMLHttpRequest();
        request.responseType = type;
        for (const event of ['loadstart', 'load', 'error', 'abort', 'timeout']) {
          request.addEventListener(event, ({ isTrusted }) => story.push([event, isTrusted]));
        }
        request.onreadystatechange = () => {
          if (story.at(-1) !== request.readyState) story.push(request.readyState);
        };
        request.onloadend = () => {
          story.push(request.status, Object.prototype.toString.call(request.response));
          resolve(story);
        };
        request.open(method, `${http}${path}`);
        request.setRequestHeader('Content-Type', 'text/plain');
        request.send(body);
      });
    const answers: unknown[] = [];
    for (const type of ['', 'text', 'json', 'arraybuffer', 'blob', 'document'] as const) {
      answers.push(await tell(type, '/poll/feed?count=3&rate=1000'));
    }
    answers.push(await tell('', '/poll/feed?status=503'));
    answers.push(await tell('', '/poll/feed?count=1', 'POST', 'hello'));
    answers.push(await tell('text', '/stream/feed?count=5&rate=1000'));
    return answers;
  },

  'refuses bad calls with the native errors': ({ http }) => {
    const answers: unknown[] = [];
    const attempt = (act: () => unknown) => {
      try {
        answers.push(Object.prototype.toString.call(act()));
      } catch (error) {
        const { name, message, stack = '' } = error as Error;
        answers.push([name, message, stack.includes('extension')]);
      }
    };
    const { prototype } = XMLHttpRequest as unknown as { prototype: Record<string, () => unknown> };
    attempt(() => (XMLHttpRequest as unknown as () => unknown)());
    attempt(() => prototype['open']?.call({} as never));
    attempt(() => prototype['send']?.call(new XMLHttpRequest()));
    attempt(() => (new XMLHttpRequest() as unknown as { open: () => void }).open());
    attempt(() => {
      new XMLHttpRequest().open('bad method', http);
    });
    attempt(() => {
      new XMLHttpRequest().open('TRACE', http);
    });
    attempt(() => {
      new XMLHttpRequest().open('GET', 'http://[bad');
    });
    attempt(() => {
      new XMLHttpRequest().setRequestHeader('a', 'b');
    });
    attempt(() => {
      const request = new XMLHttpRequest();
      request.open('GET', http);
      request.setRequestHeader('bad name', 'b');
    });
    attempt(() => {
      const request = new XMLHttpRequest();
      request.open('GET', http);
      request.send();
      request.send();
    });
    attempt(() => {
      const request = new XMLHttpRequest();
      request.open('GET', `${http}/blank`, false);
      request.responseType = 'text';
    });
    return answers;
  },

  'works in a subclass, synchronously, aborted and used again': async ({ http }) => {
    class Own extends XMLHttpRequest {
      own = true;
    }
    const answers: unknown[] = [];
    const request = new Own();
    request.open('GET', `${http}/poll/feed?count=1`, false);
    request.send();
    answers.push(
      request.own,
      request instanceof XMLHttpRequest,
      request.status,
      request.readyState,
    );
    await new Promise<void>((resolve) => {
      request.onabort = () => {
        answers.push('abort', request.readyState, request.status);
      };
      request.onloadend = () => {
        resolve();
      };
      request.open('GET', `${http}/sse/feed?rate=50`);
      request.onprogress = () => {
        request.abort();
      };
      request.send();
    });
    await new Promise<void>((resolve) => {
      request.onload = () => {
        answers.push(request.responseText.length > 0, request.getAllResponseHeaders().length > 0);
        resolve();
      };
      request.open('GET', `${http}/poll/feed?count=1`);
      request.onprogress = null;
      request.send();
    });
    return answers;
  },

  'makes no preflight that the page did not ask for': async ({ http }) => {
    const other = http.replace('127.0.0.1', 'localhost');
    const request = new XMLHttpRequest();
    await new Promise((resolve) => {
      request.onloadend = resolve;
      request.open('POST', `${other}/poll/feed?count=1`);
      request.send('plain');
    });
    const entries = performance.getEntriesByType('resource').map(({ name }) => name);
    return [request.status, entries.filter((name) => name.startsWith(other)).length];
  },
});
