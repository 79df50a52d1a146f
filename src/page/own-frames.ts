import {
  apply,
  captureStackTrace,
  getOwnPropertyDescriptor,
  isObject,
  NativeError,
  setProperty,
} from './natives.ts';

/**
 * Native exceptions that come through code of ours carry frames of ours, and with them the extension's address.
 */

/** The getter that V8 gives every error of its own; other engines keep the stack elsewhere. */
const nativeStack = getOwnPropertyDescriptor(new NativeError(), 'stack')?.get;
const { indexOf, lastIndexOf, slice, split } = String.prototype;
const { join } = Array.prototype;
const OUR_ADDRESS = addressIn(new NativeError().stack ?? '');

export const isChromium = OUR_ADDRESS !== '';

/** `chrome-extension://…/main.iife.js`, from the last line of a stack that is ours alone. */
function addressIn(stack: string): string {
  const start = apply<number>(lastIndexOf, stack, ['chrome-extension:']);
  const end = apply<number>(indexOf, stack, ['.js', start]);
  return start === -1 ? '' : apply(slice, stack, [start, end + 3]);
}

/**
 * Takes the stack of an exception anew from the page's call on. Not where an argument is an object: then page code
 * may have thrown, and its own frames would go with ours; only our lines go.
 */
export function hideOurFrames(
  error: unknown,
  args: readonly unknown[],
  trap: CallableFunction,
): void {
  if (captureStackTrace === undefined || !isObject(error)) return;
  let mayBeThePages = false;
  for (let i = 0; i < args.length; i += 1) mayBeThePages ||= isObject(args[i]);
  if (mayBeThePages) hideOurLines(error);
  else captureStackTrace(error, trap);
}

/**
 * Leaves our lines out of the stack of what was thrown, or what a promise was rejected with. A page with its own
 * `Error.prepareStackTrace` would notice that the stack is read, so there it stays as it is.
 */
export function hideOurLines(reason: unknown): void {
  if (nativeStack === undefined || OUR_ADDRESS === '' || !isObject(reason)) return;
  if (getOwnPropertyDescriptor(NativeError, 'prepareStackTrace') !== undefined) return;
  if (getOwnPropertyDescriptor(reason, 'stack')?.get !== nativeStack) return;
  const stack = apply<string>(nativeStack, reason, []);
  if (typeof stack !== 'string') return;
  const lines = apply<string[]>(split, stack, ['\n']);
  const kept: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    if (apply<number>(indexOf, lines[i], [OUR_ADDRESS]) === -1) kept[kept.length] = lines[i]!;
  }
  if (kept.length < lines.length) setProperty(reason, 'stack', apply(join, kept, ['\n']));
}
