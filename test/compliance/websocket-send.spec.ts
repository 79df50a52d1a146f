import { compareProbes } from './compare.ts';

compareProbes('WebSocket send and close', {
  'refuse bad calls with the native errors': async ({ ws }) => {
    const outcomes: string[] = [];
    const fresh = new WebSocket(`${ws}/ws/sink`);
    const socket = new WebSocket(`${ws}/ws/sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    // The only way to one in a page that is not isolated.
    const shared = new WebAssembly.Memory({ shared: true, initial: 1, maximum: 1 }).buffer;
    const prototype = WebSocket.prototype as unknown as Record<string, () => unknown>;
    const tries: (() => unknown)[] = [
      () => {
        fresh.send('too early');
      },
      () => (socket.send as () => unknown)(),
      () => {
        socket.send(Symbol('no') as unknown as string);
      },
      () => {
        socket.send(shared as unknown as ArrayBuffer);
      },
      () => {
        socket.send(new Uint8Array(shared) as unknown as ArrayBuffer);
      },
      () => prototype['send']?.call({} as never),
      () => prototype['send']?.call(new EventTarget() as never),
      () => prototype['close']?.call({} as never),
      () => {
        socket.close(999);
      },
      () => {
        socket.close(1001);
      },
      () => {
        socket.close(3000, 'x'.repeat(124));
      },
      () => {
        socket.send({
          toString: () => {
            throw new RangeError('from the page');
          },
        } as unknown as string);
      },
      () => {
        socket.send({
          toString: () => ({}),
        } as unknown as string);
      },
    ];
    for (const attempt of tries) {
      try {
        outcomes.push(String(attempt()));
      } catch (error) {
        const { name, message, constructor } = error as Error;
        // Firefox names the kind of object that it could not convert: our stand-in is a Proxy.
        const told = message.replace("can't convert Proxy", "can't convert Object");
        outcomes.push(`${name}: ${told} (${constructor.name})`);
      }
    }
    return [outcomes, socket.readyState];
  },

  'carry every kind of data as the native does': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    socket.binaryType = 'arraybuffer';
    const answers: string[] = [];
    let conversions = 0;
    const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
    const data: unknown[] = [
      'text',
      '',
      'lone \ud800 surrogate',
      42,
      null,
      undefined,
      true,
      { toString: () => `converted ${(conversions += 1)} times` },
      [1, [2, 3]],
      function named() {},
      buffer,
      new Uint8Array(buffer, 2, 3),
      new DataView(buffer, 1, 4),
      new Uint16Array(buffer, 2, 2),
      new Blob(['blob ', 'parts']),
      new Proxy({}, {}),
    ];
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    const send = socket.send.bind(socket) as (item: unknown) => unknown;
    const results = data.map((item) => send(item));
    await new Promise<void>((resolve) => {
      socket.onmessage = ({ data: got }: MessageEvent<string | ArrayBuffer>) => {
        answers.push(typeof got === 'string' ? got : `bytes ${new Uint8Array(got).join()}`);
        if (answers.length === data.length) resolve();
      };
    });
    return [answers, results, conversions];
  },

  'are seen through the prototype, and count what is buffered': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    WebSocket.prototype.send.call(socket, 'by prototype');
    Reflect.apply(WebSocket.prototype.send, socket, ['by Reflect']);
    socket.send('x'.repeat(1000));
    const buffered = socket.bufferedAmount;
    const close = socket.close.bind(socket) as (code: number, reason: string) => unknown;
    const result = close(3001, 'enough');
    const state = socket.readyState;
    socket.send('after close');
    const after = socket.bufferedAmount;
    const event = await new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });
    return [
      buffered,
      result,
      state,
      after - buffered,
      [event.code, event.reason, event.wasClean, event.isTrusted, event.constructor.name],
    ];
  },

  'convert close arguments once and in order': async ({ ws }) => {
    const log: string[] = [];
    const socket = new WebSocket(`${ws}/ws/sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.close(
      {
        valueOf: () => {
          log.push('code');
          return 4001;
        },
      } as unknown as number,
      {
        toString: () => {
          log.push('reason');
          return 'why';
        },
      } as unknown as string,
    );
    const event = await new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });
    return [log, event.code, event.reason];
  },

  'do not let a later change of a buffer through': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    socket.binaryType = 'arraybuffer';
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    const bytes = new Uint8Array([1, 2, 3]);
    socket.send(bytes);
    bytes.fill(9);
    const event = await new Promise<MessageEvent<ArrayBuffer>>((resolve) => {
      socket.onmessage = resolve;
    });
    return [...new Uint8Array(event.data)];
  },
});
