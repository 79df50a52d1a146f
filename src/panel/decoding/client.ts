import type { DecodingService } from './snapshots.ts';
import type { WorkerAnswer, WorkerAsk } from './worker-words.ts';

/** The decoding thread failed, or ended; what was asked of it can be asked again. */
export class DecodingError extends Error {
  override name = 'DecodingError';
}

type Thread = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

export interface DecodingClient extends DecodingService {
  /** Grows when a thread died: readings that were open in it are gone. */
  readonly generation: number;
  /** Ends the thread and whatever it is at; the next question starts another. */
  stop: () => void;
}

const METHODS: readonly (keyof DecodingService)[] = [
  'decoders',
  'lookAtProto',
  'choose',
  'open',
  'close',
  'take',
  'kinds',
  'shape',
  'pairs',
  'whole',
  'answers',
  'decode',
  'words',
  'difference',
  'pair',
];

const startWorker = (): Thread =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'decoding' });

/** Asks the decoding thread, which starts with the first question. */
export function createDecodingClient(start: () => Thread = startWorker): DecodingClient {
  const waiting = new Map<number, Waiting>();
  let thread: Thread | undefined;
  let lastId = 0;
  let generation = 0;

  function fail(words: string): void {
    thread?.terminate();
    thread = undefined;
    generation += 1;
    const all = [...waiting.values()];
    waiting.clear();
    for (const { reject } of all) reject(new DecodingError(words));
  }

  function started(): Thread {
    if (thread !== undefined) return thread;
    const fresh = start();
    fresh.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ('error' in data) asked?.reject(new DecodingError(data.error));
      else asked?.resolve(data.value as never);
    };
    fresh.onerror = (event) => {
      fail(typeof event === 'string' ? event : event.message || 'the decoding thread ended');
    };
    thread = fresh;
    return fresh;
  }

  function ask(method: keyof DecodingService, args: readonly unknown[]): Promise<never> {
    return new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const words: WorkerAsk = { id: lastId, method, args };
      started().postMessage(words);
    });
  }

  const service = Object.fromEntries(
    METHODS.map((method) => [method, (...args: readonly unknown[]) => ask(method, args)]),
  ) as unknown as DecodingService;

  return {
    ...service,
    get generation() {
      return generation;
    },
    stop: () => {
      fail('decoding was stopped');
    },
  };
}
