import type { HubPort } from '../../src/background/hub.ts';

type Listener = (message: unknown) => void;

/** One end of a runtime port. Like a real one it throws when it is used after its end. */
export interface FakePort extends HubPort {
  readonly isClosed: boolean;
}

/** Ports between worlds: what is posted waits until it is delivered, in order for each end of a port. */
export interface FakeWires {
  /** Two ends that hear each other. */
  pair: () => [FakePort, FakePort];
  /** Runs something later, like a message of its own. */
  later: (run: () => void) => void;
  /** Delivers one thing, from one of the queues that have any. */
  deliverOne: (pick: number) => void;
  /** Delivers everything, and what comes of it. */
  deliver: () => void;
}

export function fakeWires(): FakeWires {
  const queues = new Set<(() => void)[]>();

  function enqueue(queue: (() => void)[], run: () => void): void {
    queue.push(run);
    queues.add(queue);
  }

  function deliverOne(pick: number): void {
    const queue = [...queues][pick % Math.max(1, queues.size)];
    const run = queue?.shift();
    if (queue?.length === 0) queues.delete(queue);
    run?.();
  }

  function anEnd() {
    const inbox: (() => void)[] = [];
    const hear: Listener[] = [];
    const end: Listener[] = [];
    let isClosed = false;
    return {
      receive: (message: unknown) => {
        enqueue(inbox, () => {
          if (!isClosed) for (const listener of hear) listener(message);
        });
      },
      closeFromAfar: () => {
        enqueue(inbox, () => {
          if (isClosed) return;
          isClosed = true;
          for (const listener of end) listener(undefined);
        });
      },
      asPort: (peer: { receive: Listener; closeFromAfar: () => void }): FakePort => ({
        get isClosed() {
          return isClosed;
        },
        postMessage: (message: unknown) => {
          if (isClosed) throw new Error('Attempting to use a disconnected port object');
          peer.receive(structuredClone(message));
        },
        disconnect: () => {
          if (isClosed) return;
          isClosed = true;
          peer.closeFromAfar();
        },
        onMessage: { addListener: (listener) => hear.push(listener as Listener) },
        onDisconnect: { addListener: (listener) => end.push(listener as Listener) },
      }),
    };
  }

  return {
    pair: () => {
      const [one, other] = [anEnd(), anEnd()];
      return [one.asPort(other), other.asPort(one)];
    },
    later: (run) => {
      enqueue([], run);
    },
    deliverOne,
    deliver: () => {
      while (queues.size > 0) deliverOne(0);
    },
  };
}
