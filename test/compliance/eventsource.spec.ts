import { compareProbes } from './compare.ts';

compareProbes('EventSource', {
  'refuses bad calls with the native errors': ({ http }) => {
    const outcomes: string[] = [];
    const prototype = EventSource.prototype as unknown as Record<string, () => unknown>;
    const tries: (() => unknown)[] = [
      () => (EventSource as unknown as () => unknown)(),
      () => new (EventSource as unknown as new () => unknown)(),
      () => new EventSource('http://[bad'),
      () => prototype['close']?.call({} as never),
      () => Reflect.get(EventSource.prototype, 'url', {}) as unknown,
      () => {
        const source = new EventSource(`${http}/sse/sequence`, { withCredentials: true });
        source.close();
        return [source.url.endsWith('/sse/sequence'), source.withCredentials, source.readyState];
      },
    ];
    for (const attempt of tries) {
      try {
        outcomes.push(String(attempt()));
      } catch (error) {
        const { name, message, constructor } = error as Error;
        outcomes.push(`${name}: ${message} (${constructor.name})`);
      }
    }
    return outcomes;
  },

  'reads its options once': ({ http }) => {
    const log: string[] = [];
    const source = new EventSource(
      `${http}/sse/sequence`,
      new Proxy(
        {},
        {
          get: (_target, key) => {
            log.push(String(key));
            return undefined;
          },
        },
      ),
    );
    source.close();
    return log;
  },

  'delivers events to every form of listener, in order': async ({ http }) => {
    const source = new EventSource(`${http}/sse/sequence`);
    const log: unknown[] = [];
    const note = (how: string) => (event: MessageEvent<string>) =>
      log.push([how, event.type, event.data.slice(0, 20), event.lastEventId, event.isTrusted]);
    source.onmessage = note('onmessage');
    source.addEventListener('message', note('listener'));
    source.addEventListener('note', { handleEvent: note('object') } as EventListenerObject);
    source.addEventListener('note', note('once') as unknown as EventListener, { once: true });
    source.addEventListener('empty', note('empty'));
    await new Promise((resolve) => {
      source.addEventListener('end', resolve);
    });
    source.close();
    return [log, source.readyState];
  },

  'takes listeners of any shape as the native does': ({ http }) => {
    const source = new EventSource(`${http}/sse/sequence`);
    const outcomes: string[] = [];
    const add = source.addEventListener.bind(source) as (...args: unknown[]) => unknown;
    for (const args of [
      [],
      ['tick'],
      ['tick', null],
      ['tick', undefined],
      ['tick', 5],
      ['tick', {}],
      [{ toString: () => 'tick' }, () => undefined],
      [Symbol('tick'), () => undefined],
    ]) {
      try {
        outcomes.push(String(add(...args)));
      } catch (error) {
        outcomes.push(String(error));
      }
    }
    source.close();
    return outcomes;
  },

  'reconnects, and says so, as the native does': async ({ http }) => {
    const key = `compliance-${Math.random()}`;
    const source = new EventSource(
      `${http}/sse/feed?rate=100&dropAfter=3&retry=20&ids=1&key=${key}`,
    );
    const log: string[] = [];
    source.onopen = () => log.push(`open ${source.readyState}`);
    source.onerror = (event) => log.push(`error ${source.readyState} ${event.constructor.name}`);
    await new Promise<void>((resolve) => {
      let count = 0;
      source.onmessage = () => {
        count += 1;
        if (count === 9) resolve();
      };
    });
    source.close();
    return log.slice(0, 5);
  },

  'fails for good where the native does': async ({ http }) => {
    const outcomes: unknown[] = [];
    for (const path of ['/sse/feed?status=204', '/sse/feed?status=500', '/blank']) {
      const source = new EventSource(http + path);
      outcomes.push(
        await new Promise((resolve) => {
          source.onerror = (event) => {
            resolve([event.type, source.readyState, event.constructor.name]);
          };
        }),
      );
      source.close();
    }
    return outcomes;
  },

  'can be subclassed': ({ http }) => {
    class Feed extends EventSource {
      label = 'feed';
    }
    const feed = new Feed(`${http}/sse/sequence`);
    feed.close();
    return [feed instanceof Feed, feed.label, feed.constructor === Feed, feed.readyState];
  },
});
