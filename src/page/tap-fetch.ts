import { createBody, endedByOf } from './body.ts';
import { beginExchange, type Exchange, withBytes } from './exchange.ts';
import type { StreamFollower } from './follow-streams.ts';
import type { TapLimits } from './limits.ts';
import type { Drills } from './drills.ts';
import { apply, brandChecked, getterOf, isObject } from './natives.ts';
import { observed } from './observed.ts';
import { patchMethod } from './patches.ts';
import type { Recorder } from './recorder.ts';
import {
  bodyOf,
  dataOf,
  headerOf,
  headersOf,
  isMedia,
  methodOf,
  nativeHeaders,
  urlOf,
} from './request-parts.ts';
import { createBodyWatch } from './watch-body.ts';

interface Begun {
  readonly url: string;
  readonly exchange: Exchange;
  readonly signal: AbortSignal | undefined;
}

const NativeTypeError = TypeError;

/** As a fetch fails that nobody answers, in Chromium's words. */
// eslint-disable-next-line @typescript-eslint/require-await -- makes a native promise, whatever the page did to Promise
async function networkError(): Promise<never> {
  throw new NativeTypeError('Failed to fetch');
}

/** Observes every `fetch` of the page (Fetch standard). The page keeps its native response and streams. */
export function tapFetch(
  recorder: Recorder,
  limits: TapLimits,
  streams: StreamFollower,
  drills: Drills,
): void {
  if (typeof fetch !== 'function') return;
  const { prototype } = Request;
  const requestUrl = getterOf<string>(prototype, 'url');
  const requestMethod = getterOf<string>(prototype, 'method');
  const requestHeaders = getterOf<Headers>(prototype, 'headers');
  const requestCredentials = getterOf<string>(prototype, 'credentials');
  const requestSignal = getterOf<AbortSignal>(prototype, 'signal');
  const statusOf = getterOf<number>(Response.prototype, 'status');
  const responseHeaders = getterOf<Headers>(Response.prototype, 'headers');
  const watchBody = createBodyWatch(recorder, streams);

  function begin(input: unknown, init: unknown): Begun | undefined {
    const isRequest = isObject(input) && brandChecked(requestUrl, input) !== undefined;
    const url = urlOf(isRequest ? requestUrl(input) : input);
    if (url === undefined) return undefined;
    const method = dataOf(init, 'method');
    const headers = dataOf(init, 'headers');
    const credentials = dataOf(init, 'credentials');
    const signal = dataOf(init, 'signal');
    const exchange = beginExchange(recorder, limits, {
      transport: 'fetch',
      url,
      method: methodOf(method ?? (isRequest ? requestMethod(input) : undefined)),
      requestHeaders:
        headers === undefined && isRequest
          ? nativeHeaders(requestHeaders(input))
          : headersOf(headers),
      withCredentials:
        (credentials ?? (isRequest ? requestCredentials(input) : undefined)) === 'include',
    });
    withBytes(bodyOf(dataOf(init, 'body')), exchange.sent);
    return {
      url,
      exchange,
      signal: signal instanceof AbortSignal ? signal : isRequest ? requestSignal(input) : undefined,
    };
  }

  function answer({ exchange, signal }: Omit<Begun, 'url'>, response: Response): void {
    const headers = nativeHeaders(responseHeaders(response));
    exchange.opened(statusOf(response), headers);
    const isWatched =
      !isMedia(headerOf(headers, 'content-type')) &&
      watchBody(response, () => createBody(exchange, signal));
    if (!isWatched) exchange.ended('server');
  }

  patchMethod(globalThis, 'fetch', (native, self, args) => {
    let begun: Begun | undefined;
    recorder.attempt('fetch', () => {
      begun = begin(args[0], args[1]);
    });
    const isRefused = begun !== undefined && drills.refusesFetch(begun.url);
    const promise = isRefused ? networkError() : apply<Promise<Response>>(native, self, args);
    if (begun === undefined) return observed(promise);
    const { exchange, signal } = begun;
    return observed(
      promise,
      (response) => {
        recorder.attempt('fetch', () => {
          answer({ exchange, signal }, response);
        });
      },
      () => {
        recorder.attempt('fetch', () => {
          exchange.ended(endedByOf(signal));
        });
      },
    );
  });
}
