import type { Branch } from './body.ts';
import { apply } from './natives.ts';
import { observed } from './observed.ts';
import { patchMethod } from './patches.ts';
import type { Recorder } from './recorder.ts';
import { createTracked } from './tracked.ts';

/** Which of the page's objects reads which branch of a body, and how their methods are watched. */
export interface BranchWatch {
  add: (object: object, branch: Branch) => void;
  /** Stands in for a method of the objects that are known; others get the native one. */
  watch: (
    owner: object,
    name: string,
    call: (
      branch: Branch,
      native: CallableFunction,
      self: object,
      args: readonly unknown[],
    ) => unknown,
  ) => void;
  /** The promise for the page, seen on its way; a rejection ends the branch. */
  seen: <Value>(
    promise: Promise<Value>,
    branch: Branch,
    see: (value: Value) => void,
  ) => Promise<Value>;
}

export function createBranchWatch(recorder: Recorder): BranchWatch {
  const branches = createTracked<Branch>();
  return {
    add: branches.add,
    watch: (owner, name, call) => {
      patchMethod(owner, name, (native, self, args) => {
        const branch = branches.find(self);
        return branch === undefined
          ? apply(native, self, args)
          : call(branch, native, self as object, args);
      });
    },
    seen: (promise, branch, see) =>
      observed(
        promise,
        (value) => {
          recorder.attempt('body', () => {
            see(value);
          });
        },
        () => {
          recorder.attempt('body', branch.failed);
        },
      ),
  };
}
