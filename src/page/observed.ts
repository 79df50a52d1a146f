import { apply } from './natives.ts';
import { hideOurLines } from './own-frames.ts';

const { then } = Promise.prototype;

/** Looks at a promise that the page never holds. */
export function looked<Value>(
  promise: Promise<Value>,
  see: (value: Value) => void,
  fail: () => void,
): void {
  apply(then, promise, [see, fail]);
}

/**
 * A promise that settles as this one does, after `see` or `fail` has looked. The page gets it in place of the
 * native one: a second reaction on the native one would hide its rejection from `unhandledrejection`.
 */
export function observed<Value>(
  promise: Promise<Value>,
  see?: (value: Value) => void,
  fail?: () => void,
): Promise<Value> {
  return apply(then, promise, [
    see === undefined
      ? undefined
      : (value: Value) => {
          see(value);
          return value;
        },
    (reason: unknown) => {
      fail?.();
      hideOurLines(reason);
      throw reason;
    },
  ]);
}
