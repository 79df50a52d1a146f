import { compareProbes } from './compare.ts';

compareProbes('WebSocket constructor', {
  'refuses bad calls with the native errors': ({ ws }) => {
    const outcomes: string[] = [];
    const tries: (() => unknown)[] = [
      () => (WebSocket as unknown as () => unknown)(),
      () => (WebSocket as unknown as (url: string) => unknown)(ws),
      () => new (WebSocket as unknown as new () => unknown)(),
      () => new WebSocket('not a url at all://'),
      () => new WebSocket('ftp://example.test/'),
      () => new WebSocket(`${ws}/#fragment`),
      () => new WebSocket(ws, 'bad protocol'),
      () => new WebSocket(ws, ['same', 'same']),
      () => new WebSocket(ws, ['', 'b']),
      () => new WebSocket(Symbol('url') as unknown as string),
      () => Reflect.apply(WebSocket as never, undefined, [ws]) as unknown,
      () => Reflect.construct(WebSocket, [ws], {} as never) as unknown,
    ];
    for (const attempt of tries) {
      try {
        const made = attempt();
        outcomes.push(Object.prototype.toString.call(made));
      } catch (error) {
        const { name, message, constructor } = error as Error;
        outcomes.push(`${name}: ${message} (${constructor.name})`);
      }
    }
    return outcomes;
  },

  'converts its arguments in the native order, once': ({ ws }) => {
    const log: string[] = [];
    const url = {
      toString: () => {
        log.push('url.toString');
        return `${ws}/ws/sink`;
      },
    };
    const protocols = new Proxy(['a', 'b'], {
      get: (target, key, receiver) => {
        log.push(`get ${String(key)}`);
        return Reflect.get(target, key, receiver) as unknown;
      },
      getOwnPropertyDescriptor: (target, key) => {
        log.push(`descriptor ${String(key)}`);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
    new WebSocket(url as unknown as string, protocols).close();
    return log;
  },

  'can be subclassed, bound, and called through Reflect': ({ ws }) => {
    class Chatty extends WebSocket {
      word = 'hello';
      shout(): string {
        return this.word.toUpperCase();
      }
    }
    const socket = new Chatty(`${ws}/ws/sink`);
    class Grandchild extends Chatty {}
    const grandchild = new Grandchild(`${ws}/ws/sink`);
    const bound = new (WebSocket.bind(null, `${ws}/ws/sink`) as unknown as new () => WebSocket)();
    function Old(this: unknown) {}
    Old.prototype = Object.create(WebSocket.prototype) as object;
    const reflected = Reflect.construct(WebSocket, [`${ws}/ws/sink`], Old) as WebSocket;
    return [
      socket instanceof Chatty,
      socket.shout(),
      socket.constructor === Chatty,
      Reflect.ownKeys(socket),
      grandchild instanceof Chatty,
      grandchild.readyState,
      bound instanceof WebSocket,
      Object.getPrototypeOf(reflected) === Old.prototype,
      reflected.readyState,
      Chatty.CONNECTING,
      Object.getPrototypeOf(Chatty) === WebSocket,
    ];
  },

  'reads the prototype of a new target once': ({ ws }) => {
    const log: string[] = [];
    const target = new Proxy(function Target() {}, {
      get: (inner, key, receiver) => {
        log.push(String(key));
        return Reflect.get(inner, key, receiver) as unknown;
      },
    });
    const made = Reflect.construct(WebSocket, [`${ws}/ws/sink`], target) as WebSocket;
    return [log, made.readyState, Object.getPrototypeOf(made) === target.prototype];
  },

  'takes what a page puts on Object.prototype in its stride': ({ ws }) => {
    const seen: string[] = [];
    const names = ['get', 'set', 'apply', 'construct', 'value', 'once', 'capture', 'signal'];
    const holder = Object.prototype as unknown as Record<string, unknown>;
    for (const name of names) {
      holder[name] = () => {
        seen.push(name);
      };
    }
    try {
      const socket = new WebSocket(`${ws}/ws/sink`);
      socket.close();
      return [socket.readyState, seen];
    } finally {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name);
    }
  },

  'works when the page has replaced what it can': async ({ ws }) => {
    const calls: string[] = [];
    const spy = (owner: object, name: string) => {
      const native = (owner as Record<string, (...args: unknown[]) => unknown>)[name];
      (owner as Record<string, unknown>)[name] = function (this: unknown, ...args: unknown[]) {
        calls.push(name);
        return native?.apply(this, args);
      };
    };
    spy(Array.prototype, 'push');
    spy(WeakMap.prototype, 'get');
    spy(WeakMap.prototype, 'set');
    spy(EventTarget.prototype, 'dispatchEvent');
    spy(MessagePort.prototype, 'postMessage');
    spy(performance, 'now');
    spy(window, 'setTimeout');
    spy(TextEncoder.prototype, 'encode');
    spy(String.prototype, 'charCodeAt');
    spy(ArrayBuffer.prototype, 'slice');
    const socket = new WebSocket(`${ws}/ws/echo`);
    const data = await new Promise((resolve) => {
      socket.onopen = () => {
        socket.send('hello');
      };
      socket.onmessage = (event) => {
        resolve(event.data);
      };
    });
    return [data, calls];
  },

  'leaves a page’s own wrapper alone': async ({ ws }) => {
    const Native = WebSocket;
    const sent: unknown[] = [];
    window.WebSocket = class Wrapped extends Native {
      override send(data: string): void {
        sent.push(data);
        super.send(data);
      }
    };
    const socket = new WebSocket(`${ws}/ws/echo`);
    const data = await new Promise((resolve) => {
      socket.onopen = () => {
        socket.send('wrapped');
      };
      socket.onmessage = (event) => {
        resolve(event.data);
      };
    });
    window.WebSocket = Native;
    return [data, sent, socket instanceof Native, socket.constructor.name];
  },
});
