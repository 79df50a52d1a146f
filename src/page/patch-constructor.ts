import { construct, getOwnPropertyDescriptor } from './natives.ts';
import { isOurs, patchSlot, put } from './patches.ts';

/** Whether the page has its own in the place of a constructor of ours. What stands there is not touched. */
export function isReplaced(name: string): boolean {
  const slot = getOwnPropertyDescriptor(globalThis, name);
  return slot !== undefined && !isOurs(slot.value as object);
}

/** Constructors whose instances go on being made with ours although the page has its own in their place. */
const through = { __proto__: null } as unknown as Record<string, true>;
export const hasComeThrough = (name: string): boolean => through[name] === true;

/**
 * Lets us see each new instance, and makes `prototype.constructor` name the constructor that the page finds.
 *
 * @param make calls the native and answers the instance; it may exchange arguments for ones that convert the same way
 */
export function patchConstructor(
  name: 'WebSocket' | 'EventSource' | 'XMLHttpRequest' | 'RTCPeerConnection' | 'WebTransport',
  make: (args: readonly unknown[], createNative: (args: readonly unknown[]) => object) => object,
): void {
  const native = globalThis[name];
  patchSlot(globalThis, name, 'construct', (target, args, newTarget) => {
    if (isReplaced(name)) through[name] = true;
    return make(args as readonly unknown[], (given) =>
      construct(target, given, newTarget as object),
    );
  });
  put(native.prototype, 'constructor', native, globalThis[name]);
}
