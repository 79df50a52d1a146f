import { beginExchange, type Exchange, withBytes } from './exchange.ts';
import type { TapLimits } from './limits.ts';
import { apply, getterOf } from './natives.ts';
import { patchConstructor } from './patch-constructor.ts';
import { patchMethod } from './patches.ts';
import type { EndedBy, Headers } from '../core/facts.ts';
import type { Recorder } from './recorder.ts';
import { addHeader, bodyOf, methodOf, urlOf } from './request-parts.ts';
import { createTracked } from './tracked.ts';
import { watchEvents } from './watch-events.ts';
import { createXhrReader, type TextTaken } from './xhr-reader.ts';

interface RequestState extends TextTaken {
  method: string;
  url: string | undefined;
  headers: Headers;
  /** From `send()` on. */
  exchange: Exchange | undefined;
}

const HEADERS_RECEIVED = 2;
const LOADING = 3;
const DONE = 4;
/** How a request ends (XMLHttpRequest, “events”), and who wanted it so. */
const ENDS: Record<string, EndedBy> = { abort: 'page', timeout: 'page', error: 'network' };

/** Observes every XMLHttpRequest of the page. */
export function tapXhr(recorder: Recorder, limits: TapLimits): void {
  if (typeof XMLHttpRequest !== 'function') return;
  const { prototype } = XMLHttpRequest;
  const { headersOf, takeText, takeRest } = createXhrReader();
  const readyStateOf = getterOf<number>(prototype, 'readyState');
  const statusOf = getterOf<number>(prototype, 'status');
  const credentialsOf = getterOf<boolean>(prototype, 'withCredentials');
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
    const finish = (target: XMLHttpRequest, exchange: Exchange): void => {
      state.exchange = undefined;
      takeRest(target, state, exchange);
    };
    watchEvents(recorder, request, 'readystatechange', (event) => {
      const { exchange } = state;
      if (exchange === undefined) return;
      const target = event.target as XMLHttpRequest;
      const readyState = readyStateOf(target);
      const status = statusOf(target);
      if (readyState === HEADERS_RECEIVED) exchange.opened(status, headersOf(target));
      else if (readyState === LOADING) takeText(target, state, exchange);
      // A page that calls `abort()` in this event gets no `load`. Without a status it failed, or is no HTTP.
      else if (readyState === DONE && status !== 0) finish(target, exchange);
    });
    watchEvents(recorder, request, 'load', (event) => {
      if (state.exchange !== undefined) finish(event.target as XMLHttpRequest, state.exchange);
    });
    for (const type in ENDS) {
      watchEvents(recorder, request, type, () => {
        state.exchange?.ended(ENDS[type]!);
      });
    }
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
    const headers = requests.find(self)?.headers;
    if (headers !== undefined) addHeader(headers, args[0], args[1]);
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
