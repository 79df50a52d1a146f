import type { Branch } from './body.ts';
import { withBytes } from './exchange.ts';
import { apply, getterOf } from './natives.ts';
import type { StreamFollower } from './follow-streams.ts';
import { hideOurLines } from './own-frames.ts';
import { observed } from './observed.ts';
import type { Recorder } from './recorder.ts';

/** Follows one response. @returns whether it has a body */
export type BodyWatch = (response: Response, begin: () => Branch) => boolean;

/** All that gives the body at once; `json` is its own matter. */
const WHOLE = ['text', 'arrayBuffer', 'blob', 'bytes', 'formData'];

/**
 * Watches how the page reads the bodies of responses (Fetch, “Body”; Streams). Everything stays native, with its
 * back-pressure and its `cancel`: we look at what comes out. What the page does not read is not seen.
 * The methods are patched with the first response that has a body worth it.
 */
export function createBodyWatch(recorder: Recorder, streams: StreamFollower): BodyWatch {
  const { prototype } = Response;
  const streamOf = getterOf<ReadableStream | null>(prototype, 'body');
  const isBodyUsed = getterOf<boolean>(prototype, 'bodyUsed');
  const isLocked = getterOf<boolean>(ReadableStream.prototype, 'locked');
  const { text } = prototype;
  const { parse } = JSON;
  const { add, watch, seen } = streams;
  let isInPlace = false;

  function follow(response: Response, branch: Branch, stream: ReadableStream): void {
    add(response, branch);
    streams.follow(stream, branch);
  }

  function isReadable(response: object): boolean {
    const stream = streamOf(response);
    return stream !== null && !isBodyUsed(response) && !isLocked(stream);
  }

  /** Where the native would refuse, its own refusal stands. */
  function watchWhole(
    name: string,
    read: (branch: Branch, native: CallableFunction, self: object) => unknown,
  ): void {
    watch(prototype, name, (branch, native, self, args) =>
      isReadable(self)
        ? read(branch, native, self)
        : observed(apply<Promise<unknown>>(native, self, args)),
    );
  }

  function readWhole(branch: Branch, native: CallableFunction, self: object): Promise<unknown> {
    return seen(apply<Promise<unknown>>(native, self, []), branch, (whole) => {
      withBytes(whole, branch.seeWhole, branch.done);
    });
  }

  /** What `json()` does (Fetch), in its two steps, for afterwards the text would be gone. */
  async function readJson(
    branch: Branch,
    _native: CallableFunction,
    self: object,
  ): Promise<unknown> {
    const whole = await readWhole(branch, text, self);
    try {
      return parse(whole as string);
    } catch (error) {
      hideOurLines(error);
      throw error;
    }
  }

  function putInPlace(): void {
    for (let i = 0; i < WHOLE.length; i += 1) watchWhole(WHOLE[i]!, readWhole);
    watchWhole('json', readJson);
    watch(prototype, 'clone', (branch, native, self, args) => {
      const clone = apply<Response>(native, self, args);
      recorder.attempt('clone', () => {
        const stream = streamOf(clone);
        if (stream !== null) follow(clone, branch.fork(), stream);
        // The original goes on with a stream of its own.
        follow(self as Response, branch, streamOf(self)!);
      });
      return clone;
    });
  }

  return (response, begin) => {
    const stream = streamOf(response);
    if (stream === null) return false;
    if (!isInPlace) putInPlace();
    isInPlace = true;
    follow(response, begin(), stream);
    return true;
  };
}
