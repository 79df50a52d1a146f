import type { Exchange } from './exchange.ts';
import { Bytes, getterOf, isBufferView, listen, viewedBytes } from './natives.ts';

/**
 * The body of a response while the page reads it. A page can read it by more ways than one (`clone`, `tee`):
 * each way is a branch, and what one branch has shown the others do not show again.
 */
export interface Branch {
  /** Bytes that came out of this branch. */
  readonly offset: number;
  readonly isFresh: boolean;
  see: (bytes: Uint8Array) => void;
  /** What is no bytes, where that is expected. */
  seeOther?: (chunk: unknown) => void;
  /** The whole body at once, from a branch that nothing came out of yet; `undefined` where it cannot be told. */
  seeWhole: (whole: unknown) => void;
  done: () => void;
  cancelled: () => void;
  failed: () => void;
  /** Another way to read what this one has left. */
  fork: () => Branch;
}

const isAborted = getterOf<boolean>(AbortSignal.prototype, 'aborted');

/** Whether the page asked for the end itself, through the signal that it gave. */
export function endedByOf(signal: AbortSignal | undefined): 'page' | 'network' {
  return signal !== undefined && isAborted(signal) ? 'page' : 'network';
}

export function createBody(
  exchange: Pick<Exchange, 'received' | 'ended'>,
  signal: AbortSignal | undefined,
): Branch {
  /** Bytes that were recorded. */
  let recorded = 0;
  let alive = 0;
  // A page that has aborted seldom goes on reading, so nothing else would tell.
  if (signal !== undefined) {
    listen(signal, 'abort', () => {
      exchange.ended('page');
    });
  }

  function createBranch(start: number): Branch {
    let offset = start;
    alive += 1;
    return {
      get offset() {
        return offset;
      },
      get isFresh() {
        return offset === 0;
      },
      see: (bytes) => {
        const { buffer, byteOffset, length } = bytes;
        const known = recorded - offset;
        offset += length;
        if (offset <= recorded) return;
        recorded = offset;
        exchange.received(
          known > 0 ? new Bytes(buffer, byteOffset + known, length - known) : bytes,
        );
      },
      seeWhole: (whole) => {
        // Another branch has begun to show it, and goes on.
        if (recorded === 0) exchange.received(whole);
        recorded = Infinity;
      },
      done: () => {
        exchange.ended('server');
      },
      cancelled: () => {
        alive -= 1;
        if (alive === 0) exchange.ended('page');
      },
      failed: () => {
        exchange.ended(endedByOf(signal));
      },
      fork: () => createBranch(offset),
    };
  }
  return createBranch(0);
}

/** What a stream gives: bytes, or streams; one that the page made of it may give anything. */
export function seeChunk(branch: Branch, chunk: unknown): void {
  if (isBufferView(chunk)) branch.see(viewedBytes(chunk));
  else branch.seeOther?.(chunk);
}
