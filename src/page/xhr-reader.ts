import type { Headers } from '../core/facts.ts';
import { type Exchange, withBytes } from './exchange.ts';
import { apply, getterOf } from './natives.ts';
import { headerOf, headersIn, isMedia } from './request-parts.ts';

export interface TextTaken {
  /** UTF-16 units of `responseText` that were recorded. */
  taken: number;
}

/** Reads what has come of a response, as the page can (XMLHttpRequest, “Response”). */
export interface XhrReader {
  headersOf: (request: XMLHttpRequest) => Headers;
  /** What has come since the last look. */
  takeText: (request: XMLHttpRequest, state: TextTaken, exchange: Exchange) => void;
  /** The end. */
  takeRest: (request: XMLHttpRequest, state: TextTaken, exchange: Exchange) => void;
}

const { slice } = String.prototype;

export function createXhrReader(): XhrReader {
  const { prototype } = XMLHttpRequest;
  const { getAllResponseHeaders } = prototype;
  const responseTypeOf = getterOf<string>(prototype, 'responseType');
  const responseTextOf = getterOf<string>(prototype, 'responseText');
  const responseOf = getterOf<unknown>(prototype, 'response');

  function headersOf(request: XMLHttpRequest): Headers {
    return headersIn(apply(getAllResponseHeaders, request, []));
  }

  function takeText(request: XMLHttpRequest, state: TextTaken, exchange: Exchange): void {
    const type = responseTypeOf(request);
    if (type !== '' && type !== 'text') return;
    const text = responseTextOf(request);
    if (text.length === state.taken) return;
    exchange.received(apply(slice, text, [state.taken]));
    state.taken = text.length;
  }

  return {
    headersOf,
    takeText,
    takeRest: (request, state, exchange) => {
      takeText(request, state, exchange);
      const end = (): void => {
        exchange.ended('server');
      };
      const response = responseOf(request);
      // A text was taken piece by piece; of a document or JSON the text is gone.
      if (typeof response === 'string' || isMedia(headerOf(headersOf(request), 'content-type')))
        end();
      else withBytes(response, exchange.received, end);
    },
  };
}
