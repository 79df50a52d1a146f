import { beginExchange, type Exchange, withBytes } from './exchange.ts';
import type { TapLimits } from './limits.ts';
import { apply, getterOf } from './natives.ts';
import { patchConstructor, patchMethod } from './patches.ts';
import type { EndedBy, Headers } from '../core/facts.ts';
import type { Recorder } from './recorder.ts';
import { bodyOf, headerOf, isMedia, methodOf, urlOf } from './request-parts.ts';
import { createTracked } from './tracked.ts';
import { watchEvents } from './watch-events.ts';

interface RequestState {
  method: string;
  url: string | undefined;
  headers: Headers;
  /** From `send()` on. */
  exchange: Exchange | undefined;
  /** UTF-16 units of `responseText` that were recorded. */
  taken: number;
}

const HEADERS_RECEIVED = 2;
const LOADING = 3;
/** How a request ends (XMLHttpRequest, “events”), and who wanted it so. */
const ENDS: Record<string, EndedBy> = { abort: 'page', timeout: 'page', error: 'network' };

const { slice, split, indexOf } = String.prototype;

/** Observes every XMLHttpRequest of the page. */
export function tapXhr(recorder: Recorder, limits: TapLimits): void {
  if (typeof XMLHttpRequest !== 'function') return;
  const { prototype } = XMLHttpRequest;
  const readyStateOf = getterOf<number>(prototype, 'readyState');
  const statusOf = getterOf<number>(prototype, 'status');
  const responseTypeOf = getterOf<string>(prototype, 'responseType');
  const responseTextOf = getterOf<string>(prototype, 'responseText');
  const responseOf = getterOf<unknown>(prototype, 'response');
  const credentialsOf = getterOf<boolean>(prototype, 'withCredentials');
  const { getAllResponseHeaders } = prototype;
  const requests = createTracked<RequestState>();

  function observe(request: XMLHttpRequest): void {
    const state: RequestState = {
      method: '',
      url: undefined,
      headers: [],
      exchange: undefined,
      taken: 0,
    };
    requests.add(request, state);
    watchEvents(recorder, request, 'readystatechange', (event) => {
      const { exchange } = state;
      if (exchange === undefined) return;
      const target = event.target as XMLHttpRequest;
      const readyState = readyStateOf(target);
      if (readyState === HEADERS_RECEIVED) {
        exchange.opened(statusOf(target), headersOf(target));
      } else if (readyState === LOADING) takeText(target, state, exchange);
    });
    watchEvents(recorder, request, 'load', (event) => {
      const { exchange } = state;
      if (exchange !== undefined) takeRest(event.target as XMLHttpRequest, state, exchange);
    });
    for (const type in ENDS) {
      watchEvents(recorder, request, type, () => {
        state.exchange?.ended(ENDS[type]!);
      });
    }
  }

  function headersOf(request: XMLHttpRequest): Headers {
    const headers: Headers = [];
    const lines = apply<string[]>(split, apply(getAllResponseHeaders, request, []), ['\r\n']);
    for (let i = 0; i < lines.length; i += 1) {
      const at = apply<number>(indexOf, lines[i], [': ']);
      if (at > 0) {
        headers[headers.length] = [
          apply(slice, lines[i], [0, at]),
          apply(slice, lines[i], [at + 2]),
        ];
      }
    }
    return headers;
  }

  /** What has come since the last look. */
  function takeText(request: XMLHttpRequest, state: RequestState, exchange: Exchange): void {
    const type = responseTypeOf(request);
    if (type !== '' && type !== 'text') return;
    const text = responseTextOf(request);
    if (text.length === state.taken) return;
    exchange.received(apply(slice, text, [state.taken]));
    state.taken = text.length;
  }

  function takeRest(request: XMLHttpRequest, state: RequestState, exchange: Exchange): void {
    takeText(request, state, exchange);
    const end = (): void => {
      exchange.ended('server');
    };
    const response = responseOf(request);
    const isMedium = isMedia(headerOf(headersOf(request), 'content-type'));
    // A text was taken piece by piece; of a document or JSON the text is gone.
    if (typeof response === 'string' || isMedium) end();
    else withBytes(response, exchange.received, end);
  }

  patchConstructor('XMLHttpRequest', (args, createNative) => {
    const request = createNative(args);
    recorder.attempt('XMLHttpRequest', () => {
      observe(request as XMLHttpRequest);
    });
    return request;
  });

  patchMethod(prototype, 'open', (native, self, args) => {
    const result = apply(native, self, args);
    const state = requests.find(self);
    if (state !== undefined) {
      recorder.attempt('open', () => {
        state.exchange?.ended('page');
        state.exchange = undefined;
        state.method = methodOf(args[0]);
        state.url = urlOf(args[1]);
        state.headers = [];
        state.taken = 0;
      });
    }
    return result;
  });

  patchMethod(prototype, 'setRequestHeader', (native, self, args) => {
    const result = apply(native, self, args);
    const [name, value] = [args[0], args[1]];
    const headers = requests.find(self)?.headers;
    if (headers !== undefined && typeof name === 'string' && typeof value === 'string') {
      headers[headers.length] = [name, value];
    }
    return result;
  });

  patchMethod(prototype, 'send', (native, self, args) => {
    const state = requests.find(self);
    let begun: Exchange | undefined;
    recorder.attempt('send', () => {
      if (
        state?.url === undefined ||
        readyStateOf(self as XMLHttpRequest) !== 1 ||
        state.exchange !== undefined
      )
        return;
      const { method, url, headers: requestHeaders } = state;
      const withCredentials = credentialsOf(self as XMLHttpRequest);
      begun = beginExchange(recorder, limits, {
        transport: 'xhr',
        url,
        method,
        requestHeaders,
        withCredentials,
      });
      state.exchange = begun;
      withBytes(bodyOf(args[0]), begun.sent);
    });
    return apply(native, self, args);
  });
}
