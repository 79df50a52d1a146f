import { apply, getOwnPropertyDescriptor, getPrototypeOf, NativeProxy } from './natives.ts';
import { isOurs, nativeBehind, patchMethod } from './patches.ts';

const { toString } = Function.prototype;
/** How this engine prints a Proxy of a function, and other natives without a name. */
const NAMELESS = apply<string>(
  toString,
  new NativeProxy(toString, { __proto__: null } as never),
  [],
);
/** Longer chains of prototypes than this are none of ours. */
const MAX_DEPTH = 4;

/** `Function.prototype.toString` on a proxy of ours, of this realm or another one, prints the native behind it. */
export function patchToString(): void {
  patchMethod(Function.prototype, 'toString', (native, self, args) => {
    if (typeof self !== 'function') return apply(native, self, args);
    if (isOurs(self)) return apply(native, nativeBehind(self), args);
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
