import { compareProbes } from './compare.ts';

compareProbes('Stacks', {
  'of native exceptions show the page’s frames only': ({ ws }) => {
    const stacks: unknown[] = [];
    const shape = (stack: string) => [
      stack.includes('extension'),
      stack.split('\n').filter((line) => line.includes(' at ')).length,
    ];
    const prototype = WebSocket.prototype as unknown as Record<string, () => unknown>;
    const tries: (() => unknown)[] = [
      () => new WebSocket('not a url://'),
      () => (WebSocket as unknown as () => unknown)(),
      () => {
        new WebSocket(ws).send('too early');
      },
      () => prototype['send']?.call({} as never),
      () => {
        new WebSocket(ws).close(1);
      },
      () => new EventSource('http://[bad'),
      () => {
        (document.body.addEventListener as (type: string) => void)('click');
      },
    ];
    for (const attempt of tries) {
      try {
        attempt();
      } catch (error) {
        stacks.push(shape((error as Error).stack ?? ''));
      }
    }
    return stacks;
  },

  'of the page’s own handlers show nothing of ours': async ({ ws }) => {
    const socket = new WebSocket(`${ws}/ws/echo`);
    const stacks: string[] = [];
    const note = () => stacks.push(new Error().stack ?? '');
    socket.onopen = () => {
      note();
      socket.send('x');
    };
    await new Promise<void>((resolve) => {
      socket.onmessage = () => {
        note();
        resolve();
      };
    });
    return stacks.map((stack) => [stack.includes('extension'), stack.split('\n').length]);
  },

  'are prepared by the page’s own function without calls of ours': ({ ws }) => {
    const calls: number[] = [];
    const holder = Error as unknown as { prepareStackTrace?: unknown };
    holder.prepareStackTrace = (_error: unknown, sites: unknown[]) => {
      calls.push(sites.length);
      return 'prepared';
    };
    const socket = new WebSocket(`${ws}/ws/sink`);
    socket.close();
    delete holder.prepareStackTrace;
    return calls;
  },

  'with a limit of the page are respected': ({ ws }) => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    const socket = new WebSocket(`${ws}/ws/sink`);
    const after = Error.stackTraceLimit;
    Error.stackTraceLimit = before;
    socket.close();
    return after;
  },
});
