import { createDecodingService } from './service.ts';
import type { WorkerAnswer, WorkerAsk } from './worker-words.ts';

const service = createDecodingService();

/** The thread's own side; of a window's scope nothing is used. */
const thread = globalThis as unknown as Pick<Worker, 'postMessage' | 'onmessage'>;

thread.onmessage = ({ data }: MessageEvent<WorkerAsk>) => {
  void answer(data).then((words) => {
    thread.postMessage(words);
  });
};

async function answer({ id, method, args }: WorkerAsk): Promise<WorkerAnswer> {
  try {
    const call = service[method] as (...args: unknown[]) => Promise<unknown>;
    return { id, value: await call(...args) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
