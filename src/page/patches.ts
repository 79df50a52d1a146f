import {
  apply,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  NativeProxy,
} from './natives.ts';
import { hideOurFrames } from './own-frames.ts';

type AnyFunction = (...args: never[]) => unknown;

/** Which native stands behind each proxy of ours. */
const nativeOf = new WeakMap<object, object>();
const { get: readNative, set: writeNative, has: hasNative } = WeakMap.prototype;

export const isOurs = (candidate: object): boolean =>
  apply<boolean>(hasNative, nativeOf, [candidate]);

export const nativeBehind = (proxy: object): object => apply(readNative, nativeOf, [proxy]);

/** A slot of the page's that holds a proxy of ours, or did. */
interface Patched {
  owner: object;
  readonly key: PropertyKey;
  readonly native: unknown;
  readonly proxy: unknown;
}

/** While the page may hold proxies of ours, their text has to be the native's. */
const ALWAYS = 'toString';

const patched: Patched[] = [];
let isOn = true;

/**
 * Takes all patches back, or puts them in place again. A slot that the page has written to since stays the page's; whoever
 * kept a proxy of ours has what behaves as the native.
 */
export function setPatched(on: boolean): void {
  isOn = on;
  for (let i = 0; i < patched.length; i += 1) {
    const { owner, key, native, proxy } = patched[i]!;
    if (key === ALWAYS) continue;
    exchange(owner, key, on ? native : proxy, on ? proxy : native);
  }
}

/** Where a slot holds its function: a method's value, or an attribute's getter. */
const partOf = (descriptor: PropertyDescriptor | undefined): 'value' | 'get' =>
  descriptor?.get === undefined ? 'value' : 'get';

/** Writes a slot that holds what it should; the exact descriptor is kept. */
function exchange(owner: object, key: PropertyKey, from: unknown, to: unknown): void {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  const part = partOf(descriptor);
  if (descriptor?.[part] !== from) return;
  defineProperty(owner, key, { __proto__: null, ...descriptor, [part]: to } as never);
}

export function put(owner: object, key: PropertyKey, native: unknown, proxy: unknown): void {
  patched[patched.length] = { owner, key, native, proxy };
  if (isOn) exchange(owner, key, native, proxy);
}

/** A Proxy's trap: called with (native, this, arguments) or (native, arguments, new target). */
type Trap = (native: AnyFunction, first: unknown, second: unknown) => unknown;

/**
 * The one place that replaces anything of the page's: the native function in `owner[key]` gives way to a
 * Proxy of it, with the exact descriptor kept. A Proxy keeps name, length, statics, prototype,
 * subclassing and the native errors, because every operation without a trap is the native's own.
 * Handlers have no prototype: a page may define `Object.prototype.get`. A slot is never patched twice; one
 * that cannot be written stays as it is.
 */
export function patchSlot(
  owner: object,
  key: string,
  trapName: 'apply' | 'construct',
  trap: Trap,
): void {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  const native: unknown = descriptor?.[partOf(descriptor)];
  if (descriptor === undefined || typeof native !== 'function' || isOurs(native)) return;
  const shielded: Trap = (target, first, second) => {
    if (!isOn && key !== ALWAYS) {
      return trapName === 'apply'
        ? apply(target, first, second as readonly unknown[])
        : construct(target, first as readonly unknown[], second as object);
    }
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
  put(owner, key, native, proxy);
}

/** Gives a slot its native back for good. */
export function unpatch(owner: object, key: PropertyKey): void {
  for (let i = 0; i < patched.length; i += 1) {
    const slot = patched[i]!;
    if (slot.owner !== owner || slot.key !== key) continue;
    exchange(owner, key, slot.proxy, slot.native);
    slot.owner = {};
  }
}

/** @param call stands in for the native method or getter: gets it, `this` and the arguments, and answers for it */
export function patchMethod(
  owner: object,
  key: string,
  call: (native: AnyFunction, self: unknown, args: readonly unknown[]) => unknown,
): void {
  patchSlot(owner, key, 'apply', (native, self, args) =>
    call(native, self, args as readonly unknown[]),
  );
}

/** Natives that stand under two names are one function, and so are ours. */
export function patchAlias(owner: object, key: string, alias: PropertyKey, native: object): void {
  put(owner, alias, native, getOwnPropertyDescriptor(owner, key)?.value);
}
