import { type Branch, seeChunk } from './body.ts';
import type { BranchWatch } from './branch-watch.ts';
import { apply, getPrototypeOf, getterOf } from './natives.ts';
import { observed } from './observed.ts';
import { patchAlias } from './patches.ts';
import type { Recorder } from './recorder.ts';
import { dataOf } from './request-parts.ts';

type Read = ReadableStreamReadResult<unknown>;

/** Watches how the page reads the streams that are known (Streams standard, “Readable streams”). */
export function watchStreams(recorder: Recorder, { add, watch, seen }: BranchWatch): void {
  const NativeStream = ReadableStream;
  const { prototype } = NativeStream;
  const isLocked = getterOf<boolean>(prototype, 'locked');
  const { getReader } = prototype;
  const { read, cancel, releaseLock } = ReadableStreamDefaultReader.prototype;
  const { close, enqueue } = ReadableStreamDefaultController.prototype;

  const seenRead = (promise: Promise<Read>, branch: Branch): Promise<Read> =>
    seen(promise, branch, ({ done, value }) => {
      if (done) branch.done();
      else seeChunk(branch, value);
    });

  /** The object that a method answers reads the same branch. */
  function passOn(owner: object, name: string): void {
    watch(owner, name, (branch, native, self, args) => {
      const answer = apply<object>(native, self, args);
      add(answer, branch);
      return answer;
    });
  }

  function watchCancel(owner: object): void {
    watch(owner, 'cancel', (branch, native, self, args) => {
      const wasLocked = owner === prototype && isLocked(self);
      const answer = apply<Promise<void>>(native, self, args);
      if (!wasLocked) recorder.attempt('cancel', branch.cancelled);
      return observed(answer);
    });
  }

  function watchRead(owner: object): void {
    watch(owner, 'read', (branch, native, self, args) =>
      seenRead(apply<Promise<Read>>(native, self, args), branch),
    );
    watchCancel(owner);
  }

  passOn(prototype, 'getReader');
  watchCancel(prototype);
  watchRead(ReadableStreamDefaultReader.prototype);
  if (typeof ReadableStreamBYOBReader === 'function') watchRead(ReadableStreamBYOBReader.prototype);

  watch(prototype, 'tee', (branch, native, self, args) => {
    const both = apply<[object, object]>(native, self, args);
    add(both[0], branch);
    add(both[1], branch.fork());
    return both;
  });

  watchIteration();
  watchPipes();

  /** `for await`: the reader inside the iterator is nobody's, but the iterator's methods can be seen. */
  function watchIteration(): void {
    const { values } = prototype as { values?: CallableFunction };
    if (values === undefined) return;
    const iteration = getPrototypeOf(apply<object>(values, new NativeStream(), []))!;
    watch(prototype, 'values', (branch, native, self, args) => {
      const iterator = apply<object>(native, self, args);
      const keeps = dataOf(args[0], 'preventCancel') === true;
      add(iterator, keeps ? ({ __proto__: branch, cancelled: () => undefined } as never) : branch);
      return iterator;
    });
    patchAlias(prototype, 'values', Symbol.asyncIterator, values);
    watch(iteration, 'next', (branch, native, self, args) =>
      seenRead(apply<Promise<Read>>(native, self, args), branch),
    );
    watch(iteration, 'return', (branch, native, self, args) => {
      recorder.attempt('return', branch.cancelled);
      return apply(native, self, args);
    });
  }

  /**
   * A pipe reads by itself. It gets a stream that asks the page's stream when it is asked, passes each chunk on and a
   * cancellation back, and buffers nothing.
   */
  function passThrough(branch: Branch, stream: object): { through: object; release: () => void } {
    const reader = apply<ReadableStreamDefaultReader>(getReader, stream, []);
    const release = (): void => {
      apply(releaseLock, reader, []);
    };
    const source = {
      __proto__: null,
      pull: async (controller: ReadableStreamDefaultController) => {
        const { done, value } = await seenRead(apply<Promise<Read>>(read, reader, []), branch);
        if (done) release();
        apply(done ? close : enqueue, controller, [value]);
      },
      cancel: (reason: unknown) => {
        recorder.attempt('cancel', branch.cancelled);
        return apply(cancel, reader, [reason]);
      },
    };
    const nothingAhead = { __proto__: null, highWaterMark: 0 };
    return { through: new NativeStream(source as never, nothingAhead), release };
  }

  /** Where the native would refuse, or leave the stream for further reading, it gets the page's own. */
  function isSimplePipe(stream: object, options: unknown): boolean {
    return !isLocked(stream) && dataOf(options, 'preventCancel') !== true;
  }

  function watchPipes(): void {
    watch(prototype, 'pipeThrough', (branch, native, self, args) => {
      if (!isSimplePipe(self, args[1])) return apply(native, self, args);
      const { through, release } = passThrough(branch, self);
      try {
        return apply(native, through, args);
      } catch (error) {
        release();
        throw error;
      }
    });
    watch(prototype, 'pipeTo', (branch, native, self, args) => {
      if (!isSimplePipe(self, args[1])) return observed(apply<Promise<void>>(native, self, args));
      const { through, release } = passThrough(branch, self);
      return observed(apply<Promise<void>>(native, through, args), release, release);
    });
  }
}
