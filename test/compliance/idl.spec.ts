import { compareProbes } from './compare.ts';

compareProbes('IDL: what a page finds', {
  'the globals are the same': () => Object.getOwnPropertyNames(window).sort(),

  'every property of WebSocket and EventSource has its native descriptor': () => {
    const describe = (target: object) =>
      Object.fromEntries(
        Reflect.ownKeys(target).map((key) => {
          const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
          const part = (value: unknown): unknown =>
            typeof value === 'function'
              ? [value.name, value.length, Function.prototype.toString.call(value)]
              : typeof value === 'object'
                ? typeof value
                : value;
          return [
            String(key),
            {
              keys: Object.keys(descriptor ?? {}),
              flags: [descriptor?.writable, descriptor?.enumerable, descriptor?.configurable],
              value: part(descriptor?.value),
              get: part(descriptor?.get),
              set: part(descriptor?.set),
            },
          ];
        }),
      );
    return [
      describe(WebSocket),
      describe(WebSocket.prototype),
      describe(EventSource),
      describe(EventSource.prototype),
      describe(EventTarget.prototype),
      describe(Function.prototype),
    ];
  },

  'the globals themselves have their native descriptors': () =>
    ['WebSocket', 'EventSource', 'EventTarget', 'MessageEvent'].map((name) => {
      const { value, ...flags } = Reflect.getOwnPropertyDescriptor(window, name) ?? {};
      return [flags, Object.prototype.toString.call(value), typeof value, String(value)];
    }),

  'instances have no properties of ours': ({ ws, http }) => {
    const socket = new WebSocket(`${ws}/ws/sink`);
    const source = new EventSource(`${http}/sse/sequence`);
    source.close();
    return [Reflect.ownKeys(socket), Reflect.ownKeys(source), JSON.stringify(socket)];
  },

  'constructors, prototypes and instances name each other': ({ ws, http }) => {
    const socket = new WebSocket(`${ws}/ws/sink`);
    const source = new EventSource(`${http}/sse/sequence`);
    source.close();
    return [
      socket.constructor === WebSocket,
      WebSocket.prototype.constructor === WebSocket,
      Object.getPrototypeOf(socket) === WebSocket.prototype,
      Object.getPrototypeOf(WebSocket) === EventTarget,
      socket instanceof WebSocket,
      socket instanceof EventTarget,
      source.constructor === EventSource,
      EventSource.prototype.constructor === EventSource,
      Object.getPrototypeOf(source) === EventSource.prototype,
      Object.prototype.toString.call(socket),
      Object.prototype.toString.call(WebSocket),
    ];
  },

  'constants are where they belong': ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/sink`);
    return [
      WebSocket.CONNECTING,
      WebSocket.CLOSED,
      socket.OPEN,
      EventSource.CLOSED,
      EventSource.prototype.OPEN,
    ];
  },

  'toString of patched functions is native, by every road': () => {
    const texts: string[] = [];
    for (const value of [
      WebSocket,
      EventSource,
      WebSocket.prototype.send,
      WebSocket.prototype.close,
      EventSource.prototype.close,
      EventTarget.prototype.addEventListener,
      Function.prototype.toString,
    ]) {
      texts.push(String(value), `${value as never}`, Function.prototype.toString.call(value));
      texts.push(Reflect.apply(Function.prototype.toString, value, []));
    }
    return texts;
  },

  'toString still refuses what is no function': () => {
    const answers: string[] = [];
    for (const value of [{}, null, undefined, 1, 'text', Object.create(WebSocket)]) {
      try {
        answers.push(Function.prototype.toString.call(value));
      } catch (error) {
        answers.push(String(error));
      }
    }
    return answers;
  },

  'toString still prints the page’s own functions and proxies': () => {
    const own = function named(a: number) {
      return a + 1;
    };
    return [
      own.toString(),
      String(class Thing {}),
      String(new Proxy(own, {})),
      String(own.bind({})),
    ];
  },

  'a foreign realm prints the native text': () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const foreign = frame.contentWindow as unknown as typeof globalThis;
    return [
      foreign.Function.prototype.toString.call(WebSocket),
      foreign.Function.prototype.toString.call(WebSocket.prototype.send),
      Function.prototype.toString.call(foreign.WebSocket),
      Function.prototype.toString.call(foreign.EventSource),
      foreign.Function.prototype.toString.call(foreign.WebSocket),
    ];
  },

  'a frame has constructors of its own': ({ ws }) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const foreign = frame.contentWindow as unknown as typeof globalThis;
    const theirs = new foreign.WebSocket(`${ws}/ws/sink`);
    return [
      foreign.WebSocket === WebSocket,
      theirs instanceof WebSocket,
      theirs instanceof foreign.WebSocket,
      theirs.constructor === foreign.WebSocket,
      Object.getPrototypeOf(Reflect.construct(WebSocket, [`${ws}/ws/sink`], foreign.WebSocket)) ===
        foreign.WebSocket.prototype,
    ];
  },
});
