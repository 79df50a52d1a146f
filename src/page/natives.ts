/**
 * The platform as it was before page code ran. A page may replace any of this later, for good reasons
 * (zone.js, mocks) or bad ones; the taps call only what was captured here.
 */
export const {
  construct,
  defineProperty,
  deleteProperty,
  get: getProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  set: setProperty,
} = Reflect as Omit<typeof Reflect, 'construct' | 'get'> & {
  construct: (target: CallableFunction, args: readonly unknown[], newTarget: object) => object;
  get: (target: object, key: string | symbol) => unknown;
};
export const { isArray } = Array;
export const { values: arrayValues } = Array.prototype;
/** V8 and newer engines; absent elsewhere. */
export const captureStackTrace = (
  Error as { captureStackTrace?: (error: object, above: CallableFunction) => void }
).captureStackTrace;
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names what the native answers
type Apply = <R = unknown>(target: CallableFunction, self: unknown, args: readonly unknown[]) => R;
export const apply = Reflect.apply as Apply;

const { performance: clock } = globalThis;
const { now: performanceNow } = clock;
const nativeSetTimeout = globalThis.setTimeout;
const { postMessage } = MessagePort.prototype;
const { addEventListener, dispatchEvent } = EventTarget.prototype;
const { arrayBuffer } = Blob.prototype;
const { isView } = ArrayBuffer;
const { encode } = TextEncoder.prototype;
const encoder = new TextEncoder();

/** What Web IDL converts by calling page code; a function counts. */
export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

export const NativeProxy = Proxy;
export const NativeError = Error;
const NativeDataView = DataView;
export const Bytes = Uint8Array;
export const Numbers = Float64Array;

/** The native getter of an accessor, as a function of the object. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names what the getter answers
export function getterOf<Value>(
  prototype: object,
  key: string | symbol,
): (target: object) => Value {
  // A browser without the accessor fails at its first use, which is reported like every failure of ours.
  const getter = getOwnPropertyDescriptor(prototype, key)?.get as () => Value;
  return (target) => apply<Value>(getter, target, []);
}

export const dataOf = getterOf<unknown>(MessageEvent.prototype, 'data');
export const lastEventIdOf = getterOf<string>(MessageEvent.prototype, 'lastEventId');

export const now = (): number => apply(performanceNow, clock, []);

export const later = (run: () => void, delay: number): void => {
  apply(nativeSetTimeout, globalThis, [run, delay]);
};

export const post = (port: MessagePort, envelope: unknown): void => {
  apply(postMessage, port, [envelope]);
};

export const listen = (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  isCapture = false,
): void => {
  apply(addEventListener, target, [type, listener, isCapture]);
};

export const dispatch = (target: EventTarget, event: Event): boolean =>
  apply(dispatchEvent, target, [event]);

export const isBufferView = (data: unknown): data is ArrayBufferView => isView(data);

export const blobBytes = (blob: Blob): Promise<ArrayBuffer> => apply(arrayBuffer, blob, []);

/** Up to this length, looking at each character is faster than encoding. */
const SHORT = 2_000;

/** The length of a short ASCII text, as most messages are. Indexing a string runs no code of the page. */
export function asciiLength(text: string): number | undefined {
  const { length } = text;
  if (length > SHORT) return undefined;
  let i = 0;
  while (i < length && text[i]! < '\x80') i += 1;
  return i === length ? i : undefined;
}

/** The length of a text in UTF-8. */
export const encodedLength = (text: string): number => byteLengthOf(apply(encode, encoder, [text]));

const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayName = getterOf<string | undefined>(typedArrayPrototype, Symbol.toStringTag);
const typedArrayParts = partsOf(typedArrayPrototype);
const dataViewParts = partsOf(DataView.prototype);
const byteLengthOf = typedArrayParts.byteLength;
const bufferLength = getterOf<number>(ArrayBuffer.prototype, 'byteLength');
const blobSize = getterOf<number>(Blob.prototype, 'size');

function partsOf(prototype: object) {
  return {
    buffer: getterOf<ArrayBuffer>(prototype, 'buffer'),
    byteOffset: getterOf<number>(prototype, 'byteOffset'),
    byteLength: getterOf<number>(prototype, 'byteLength'),
  };
}

/** The bytes that a view shows, without touching anything that a page can redefine. */
export function viewedBytes(view: ArrayBufferView): Uint8Array {
  const parts = typedArrayName(view) === undefined ? dataViewParts : typedArrayParts;
  return new Bytes(parts.buffer(view), parts.byteOffset(view), parts.byteLength(view));
}

/** The size of a Blob, or `undefined` when this is none. Getters check the brand, also across realms. */
export const sizeOfBlob = (data: object): number | undefined => brandChecked(blobSize, data);

/** The length of an ArrayBuffer, or `undefined` when this is none. */
export const lengthOfBuffer = (data: object): number | undefined =>
  brandChecked(bufferLength, data);

/**
 * Whether this is a SharedArrayBuffer, which `send()` refuses. Pages that are not isolated have them without the
 * constructor (from WebAssembly); a DataView takes buffers of both kinds and nothing else.
 */
export const isSharedBuffer = (data: object): boolean =>
  brandChecked((buffer) => new NativeDataView(buffer as ArrayBuffer), data) !== undefined;

/** What a native getter answers, or `undefined` for an object that is not of its kind. */
export function brandChecked<Value>(
  getter: (target: object) => Value,
  target: object,
): Value | undefined {
  try {
    return getter(target);
  } catch {
    return undefined;
  }
}
