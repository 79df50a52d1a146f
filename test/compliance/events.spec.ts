import { compareProbes } from './compare.ts';

compareProbes('Events of a WebSocket', {
  'reach handlers in the native order, in every form of listener': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    const log: string[] = [];
    const controller = new AbortController();
    const twice = () => log.push('twice');
    socket.addEventListener('message', () => log.push('first'));
    socket.onmessage = () => log.push('onmessage');
    socket.addEventListener('message', { handleEvent: () => log.push('handleEvent') });
    socket.addEventListener('message', () => log.push('once'), { once: true });
    socket.addEventListener('message', () => log.push('aborted'), { signal: controller.signal });
    socket.addEventListener('message', twice);
    socket.addEventListener('message', twice);
    socket.addEventListener('message', () => log.push('capture'), true);
    controller.abort();
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.send('a');
    socket.send('b');
    await new Promise<void>((resolve) => {
      let count = 0;
      socket.addEventListener('message', () => {
        count += 1;
        if (count === 2) resolve();
      });
    });
    socket.removeEventListener('message', twice);
    return log;
  },

  'stop where the page stops them': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    const log: string[] = [];
    socket.addEventListener('message', (event) => {
      log.push('stops');
      event.stopImmediatePropagation();
    });
    socket.addEventListener('message', () => log.push('never'));
    socket.onmessage = () => log.push('never either');
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.send('a');
    socket.close();
    await new Promise((resolve) => {
      socket.onclose = resolve;
    });
    return log;
  },

  'are the native events': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    const seen: unknown[] = [];
    const note = (event: Event) =>
      seen.push([
        event.type,
        event.isTrusted,
        event.constructor.name,
        event.target === socket,
        event.currentTarget === socket,
        event.eventPhase,
        event.bubbles,
        event.cancelable,
        event.composedPath().length,
        Reflect.ownKeys(event).map(String),
      ]);
    for (const type of ['open', 'message', 'error', 'close']) socket.addEventListener(type, note);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.send('x');
    await new Promise((resolve) => {
      socket.onmessage = resolve;
    });
    socket.close();
    await new Promise((resolve) => {
      socket.onclose = resolve;
    });
    return seen;
  },

  'that the page dispatches itself pass without harm': async ({ ws }) => {
    const errors: string[] = [];
    window.addEventListener('error', (event) => errors.push(event.message));
    const socket = new WebSocket(`${ws}/ws/sink`);
    const log: unknown[] = [];
    socket.onmessage = (event) => log.push([event.data, event.isTrusted]);
    socket.onclose = (event) => log.push([event.code, event.isTrusted]);
    socket.dispatchEvent(new MessageEvent('message', { data: 'made up' }));
    socket.dispatchEvent(new Event('message'));
    socket.dispatchEvent(new CloseEvent('close', { code: 4000 }));
    socket.dispatchEvent(new Event('close'));
    socket.dispatchEvent(new Event('open'));
    await new Promise((resolve) => {
      socket.addEventListener('open', resolve);
    });
    return [log, errors, socket.readyState];
  },

  'whose handler throws reach window.onerror': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    const caught = new Promise((resolve) => {
      window.onerror = (message, _source, _line, _column, error) => {
        resolve([message, error?.message, (error?.stack ?? '').includes('extension')]);
        return true;
      };
    });
    socket.onopen = () => {
      socket.send('x');
    };
    socket.onmessage = () => {
      throw new Error('from the handler');
    };
    return caught;
  },

  'that fail to open tell what the native tells': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/feed?refuse=1&key=compliance-${Math.random()}`);
    const log: unknown[] = [];
    socket.onerror = (event) => log.push([event.type, event.constructor.name, socket.readyState]);
    const event = await new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });
    return [log, event.code, event.reason, event.wasClean];
  },

  'come as the Blob or ArrayBuffer that the page asked for': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    const kinds: unknown[] = [socket.binaryType];
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    for (const type of ['blob', 'arraybuffer'] as const) {
      socket.binaryType = type;
      socket.send(new Uint8Array([1, 2]));
      const { data } = await new Promise<MessageEvent<Blob | ArrayBuffer>>((resolve) => {
        socket.onmessage = resolve;
      });
      kinds.push(Object.prototype.toString.call(data));
      kinds.push(data instanceof Blob ? [data.size, data.type] : data.byteLength);
    }
    return kinds;
  },
});
