import {
  apply,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  NativeProxy,
} from './natives.ts';
import { hideOurFrames } from './own-frames.ts';

type AnyFunction = (...args: never[]) => unknown;

/** Which native stands behind each proxy of ours; answers `Function.prototype.toString`. */
const nativeOf = new WeakMap<object, object>();
const { get: readNative, set: writeNative, has: hasNative } = WeakMap.prototype;

const isOurs = (candidate: object): boolean => apply<boolean>(hasNative, nativeOf, [candidate]);

/** A Proxy's trap: called with (native, this, arguments) or (native, arguments, new target). */
type Trap = (native: AnyFunction, first: unknown, second: unknown) => unknown;

/**
 * The one place that replaces anything of the page's: the native function in `owner[key]` gives way to a
 * Proxy of it, with the exact descriptor kept. A Proxy keeps name, length, statics, prototype,
 * subclassing and the native errors, because every operation without a trap is the native's own.
 * Handlers have no prototype: a page may define `Object.prototype.get`. A slot is never patched twice; one
 * that cannot be written stays as it is.
 */
function patchSlot(owner: object, key: string, trapName: 'apply' | 'construct', trap: Trap): void {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  const native: unknown = descriptor?.value;
  if (descriptor === undefined || typeof native !== 'function' || isOurs(native)) return;
  const shielded: Trap = (target, first, second) => {
    try {
      return trap(target, first, second);
    } catch (error) {
      const args = (trapName === 'apply' ? second : first) as readonly unknown[];
      hideOurFrames(error, args, shielded);
      throw error;
    }
  };
  const proxy = new NativeProxy(
    native as AnyFunction,
    {
      __proto__: null,
      [trapName]: shielded,
    } as never,
  );
  apply(writeNative, nativeOf, [proxy, native]);
  defineProperty(owner, key, { __proto__: null, ...descriptor, value: proxy } as never);
}

/** @param call stands in for the native: gets it, `this` and the arguments, and answers for it */
export function patchMethod(
  owner: object,
  key: string,
  call: (native: AnyFunction, self: unknown, args: readonly unknown[]) => unknown,
): void {
  patchSlot(owner, key, 'apply', (native, self, args) =>
    call(native, self, args as readonly unknown[]),
  );
}

/**
 * Lets us see each new instance, and makes `prototype.constructor` name the constructor that the page finds.
 *
 * @param make calls the native and answers the instance; it may exchange arguments for ones that convert the same way
 */
export function patchConstructor(
  name: 'WebSocket' | 'EventSource' | 'XMLHttpRequest',
  make: (args: readonly unknown[], createNative: (args: readonly unknown[]) => object) => object,
): void {
  const native = globalThis[name];
  patchSlot(globalThis, name, 'construct', (target, args, newTarget) =>
    make(args as readonly unknown[], (given) => construct(target, given, newTarget as object)),
  );
  share(native.prototype, 'constructor', native, globalThis[name]);
}

/** Natives that stand under two names are one function, and so are ours. */
export function patchAlias(owner: object, key: string, alias: PropertyKey, native: object): void {
  share(owner, alias, native, getOwnPropertyDescriptor(owner, key)?.value as object);
}

function share(owner: object, key: PropertyKey, native: object, proxy: object): void {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (descriptor?.value !== native) return;
  defineProperty(owner, key, { __proto__: null, ...descriptor, value: proxy } as never);
}

/** How an engine prints a Proxy of a function, and other natives without a name. */
const NAMELESS = 'function () { [native code] }';
/** Longer chains of prototypes than this are none of ours. */
const MAX_DEPTH = 4;

/** `Function.prototype.toString` on a proxy of ours, of this realm or another one, prints the native behind it. */
export function patchToString(): void {
  patchMethod(Function.prototype, 'toString', (native, self, args) => {
    if (typeof self !== 'function') return apply(native, self, args);
    if (isOurs(self)) return apply(native, apply(readNative, nativeOf, [self]), args);
    const text = apply<string>(native, self, args);
    if (text !== NAMELESS) return text;
    const foreign = foreignToString(self);
    return foreign === undefined ? text : apply(foreign, self, []);
  });
}

/** The `toString` of the realm that a function comes from, where that is another one than ours. */
function foreignToString(self: object): CallableFunction | undefined {
  let prototype = getPrototypeOf(self);
  for (let depth = 0; prototype !== null && depth < MAX_DEPTH; depth += 1) {
    const own: unknown = getOwnPropertyDescriptor(prototype, 'toString')?.value;
    if (typeof own === 'function') return isOurs(own) ? undefined : own;
    prototype = getPrototypeOf(prototype);
  }
  return undefined;
}
