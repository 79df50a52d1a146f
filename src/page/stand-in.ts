import {
  apply,
  arrayValues,
  getProperty,
  isArray,
  isBufferView,
  isObject,
  isSharedBuffer,
  lengthOfBuffer,
  NativeProxy,
  sizeOfBlob,
} from './natives.ts';

/**
 * What a native is given in place of a page's object: it passes every read on to the object, once and in
 * the native's order, and remembers what came out of the conversion. Converting the object ourselves
 * would run the page's code a second time, or throw errors with other words.
 */
export interface StandIn<Taken> {
  readonly given: object;
  /** What the native took, once it has returned. */
  readonly taken: () => Taken;
}

/** The Proxy's own target is empty: the rules that bind a Proxy to its target would read it once more. */
const proxyOf = (get: (key: string | symbol) => unknown): object =>
  new NativeProxy({ __proto__: null }, {
    __proto__: null,
    get: (_target: object, key: string | symbol) => get(key),
  } as never);

/**
 * For an object that `send()` converts to a string (Web IDL, conversion to USVString).
 * @returns `undefined` for what the native takes as it is
 */
export function standInForText(data: unknown): StandIn<unknown> | undefined {
  if (!isObject(data)) return undefined;
  if (
    isBufferView(data) ||
    lengthOfBuffer(data) !== undefined ||
    sizeOfBlob(data) !== undefined ||
    isSharedBuffer(data)
  ) {
    return undefined;
  }
  let primitive: unknown = '';
  const given = proxyOf((key) => {
    const method = getProperty(data, key);
    if (typeof method !== 'function') return method;
    return (...args: unknown[]) => {
      const result = apply(method, data, args);
      if (!isObject(result)) primitive = result;
      return result;
    };
  });
  return { given, taken: () => primitive };
}

/**
 * For an array of strings (Web IDL, conversion to a sequence).
 * @returns `undefined` for what is no array
 */
export function standInForList(list: unknown): StandIn<string[]> | undefined {
  if (!isArray(list)) return undefined;
  const taken: string[] = [];
  const given = proxyOf((key) => {
    const value = getProperty(list, key);
    if (key === Symbol.iterator) {
      // A page's own iterator has to find its own array in `this`; then we do not see what it yields.
      return typeof value !== 'function' || value === arrayValues
        ? value
        : () => apply(value, list, []);
    }
    if (typeof value === 'string' && key !== 'length') taken[taken.length] = value;
    return value;
  });
  return { given, taken: () => taken };
}
