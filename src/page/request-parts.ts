import type { Headers } from '../core/facts.ts';
import {
  apply,
  brandChecked,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  getterOf,
  isArray,
  isObject,
  ownKeys,
} from './natives.ts';

/*
 * What a page gave with a request, read without running its code: natives by their brand, everything else by its data
 * properties. What only an accessor of the page's would tell stays unknown.
 */

const NativeURL = URL;
const hrefOf = getterOf<string>(URL.prototype, 'href');
const baseOf = getterOf<string>(Node.prototype, 'baseURI');
const { forEach } = globalThis.Headers.prototype;
const { toString: paramsToString } = URLSearchParams.prototype;
const { slice, split, indexOf, toUpperCase } = String.prototype;
const { document: page, location } = globalThis;

/** Absolute and without its fragment; `undefined` for what is no URL, or tells it by its own code only. */
export function urlOf(input: unknown): string | undefined {
  const given = input === location ? location.href : textOfUrl(input);
  if (given === undefined) return undefined;
  try {
    const url = hrefOf(new NativeURL(given, baseOf(page)));
    const fragment = apply<number>(indexOf, url, ['#']);
    return fragment === -1 ? url : apply(slice, url, [0, fragment]);
  } catch {
    return undefined;
  }
}

function textOfUrl(input: unknown): string | undefined {
  if (typeof input === 'string') return input;
  return isObject(input) ? brandChecked(hrefOf, input) : undefined;
}

/** Dictionaries inherit (Web IDL), but seldom from far away. */
const MAX_DEPTH = 3;

/** The value of a data property. */
export function dataOf(object: unknown, name: string): unknown {
  let owner: unknown = object;
  for (let depth = 0; isObject(owner) && depth < MAX_DEPTH; depth += 1) {
    const own = getOwnPropertyDescriptor(owner, name);
    if (own !== undefined) return own.value;
    owner = getPrototypeOf(owner);
  }
  return undefined;
}

/** Fetch, “normalize a method”. */
export function methodOf(method: unknown): string {
  if (typeof method !== 'string') return 'GET';
  const upper = apply<string>(toUpperCase, method, []);
  switch (upper) {
    case 'DELETE':
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
    case 'POST':
    case 'PUT':
      return upper;
    default:
      return method;
  }
}

export function addHeader(headers: Headers, name: unknown, value: unknown): void {
  if (typeof name !== 'string') return;
  if (typeof value === 'string' || typeof value === 'number') {
    headers[headers.length] = [name, `${value}`];
  }
}

/** Of a `Headers` object. */
export function nativeHeaders(source: object): Headers {
  const headers: Headers = [];
  apply(forEach, source, [
    (value: string, name: string) => {
      addHeader(headers, name, value);
    },
  ]);
  return headers;
}

/** Of anything that `fetch` takes for headers. */
export function headersOf(source: unknown): Headers {
  if (!isObject(source)) return [];
  try {
    return nativeHeaders(source);
  } catch {
    const headers: Headers = [];
    const keys = ownKeys(source);
    for (let i = 0; i < keys.length; i += 1) {
      const value: unknown = getOwnPropertyDescriptor(source, keys[i]!)?.value;
      if (!isArray(source)) addHeader(headers, keys[i], value);
      else if (isArray(value)) addHeader(headers, dataOf(value, '0'), dataOf(value, '1'));
    }
    return headers;
  }
}

/** Of the text of `getAllResponseHeaders()`. */
export function headersIn(text: string): Headers {
  const headers: Headers = [];
  const lines = apply<string[]>(split, text, ['\r\n']);
  for (let i = 0; i < lines.length; i += 1) {
    const end = apply<number>(indexOf, lines[i], [': ']);
    if (end > 0)
      addHeader(headers, apply(slice, lines[i], [0, end]), apply(slice, lines[i], [end + 2]));
  }
  return headers;
}

/** The body of a request, as data that a message can hold; `undefined` for what cannot be read without using it up. */
export function bodyOf(body: unknown): unknown {
  if (!isObject(body)) return typeof body === 'string' ? body : undefined;
  try {
    return apply(paramsToString, body, []);
  } catch {
    return body;
  }
}

/** Pictures, sounds and their like are no messages. */
export function isMedia(contentType: string): boolean {
  return apply(isMediaType, MEDIA, [contentType]);
}

const MEDIA = /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:wasm|pdf|zip|font))/iu;
const { test: isMediaType } = RegExp.prototype;

export function headerOf(headers: Headers, name: string): string {
  for (let i = 0; i < headers.length; i += 1) if (headers[i]![0] === name) return headers[i]![1];
  return '';
}
