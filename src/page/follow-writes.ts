import { apply } from './natives.ts';
import { observed } from './observed.ts';
import { patchMethod } from './patches.ts';
import type { Recorder } from './recorder.ts';
import { createTracked } from './tracked.ts';

/** Looks at a chunk when the page writes it. @returns runs when the stream has taken the chunk */
type SeeWrite = (chunk: unknown) => () => void;

/** Follows streams that the page writes to with a writer; what a pipe writes is not seen. */
export type WriteFollower = (stream: object, see: SeeWrite) => void;

/** The methods of streams are patched with the first one (Streams standard, “Writable streams”). */
export function createWriteFollower(recorder: Recorder): WriteFollower {
  const written = createTracked<SeeWrite>();
  let isInPlace = false;

  function putInPlace(): void {
    patchMethod(WritableStream.prototype, 'getWriter', (native, self, args) => {
      const writer = apply<object>(native, self, args);
      const see = written.find(self);
      if (see !== undefined) written.add(writer, see);
      return writer;
    });
    patchMethod(WritableStreamDefaultWriter.prototype, 'write', (native, self, args) => {
      const see = written.find(self);
      if (see === undefined) return apply(native, self, args);
      let taken: (() => void) | undefined;
      recorder.attempt('write', () => {
        taken = see(args[0]);
      });
      return observed(apply<Promise<void>>(native, self, args), () => {
        if (taken !== undefined) recorder.attempt('write', taken);
      });
    });
  }

  return (stream, see) => {
    written.add(stream, see);
    if (!isInPlace) putInPlace();
    isInPlace = true;
  };
}
