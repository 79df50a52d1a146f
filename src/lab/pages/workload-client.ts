import type { WorkloadMessage } from '../workload/payload.ts';

/** What a client tells of its connection. */
export interface WorkloadHooks {
  /** Open, or open again. */
  opened: () => void;
  received: (message: Pick<WorkloadMessage, 'seq' | 'at'>) => void;
  /** Lost, or a request failed; the client goes on by itself. */
  lost: () => void;
  /** The last message that is here, to go on from after a loss. */
  seen: () => number;
}

/** One transport as an app would use it. It connects when it is made. */
export interface WorkloadClient {
  /** Resolves when the message is handed over; with an answer where the transport has one. */
  send: (payload: WorkloadMessage['payload']) => Promise<void>;
  close: () => void;
}

/** From a loss to the next try, as the lab's event streams ask their pages to wait. */
export const RECONNECT = 500;
