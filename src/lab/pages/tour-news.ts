import { byId, element } from './element.ts';
import { endpointUrl } from './page-query.ts';
import type { TourPart } from './tour-part.ts';

/** Cut after eight messages, back after 0.7 s: within eight seconds it is seen twice. */
const ENDPOINT = '/sse/feed?rate=3&dropAfter=8&retry=700&events=headline,filing&seed=7&name=news';
const MAX_LINES = 8;

/** News over an EventSource that the server cuts again and again. */
export function createNews(setState: (state: string) => void): TourPart {
  let source: EventSource | null = null;
  let reconnects = 0;

  function show(text: string, className: string): void {
    const list = byId('headlines');
    list.prepend(element('li', className, text));
    list.children[MAX_LINES]?.remove();
  }

  function received({ type, data }: MessageEvent<string>): void {
    const { seq, symbol, price } = JSON.parse(data) as {
      seq: number;
      symbol: string;
      price: number;
    };
    show(`#${seq} ${type}: ${symbol} at ${price.toFixed(2)}`, '');
  }

  return {
    start: () => {
      const current = new EventSource(endpointUrl(ENDPOINT));
      source = current;
      setState('connecting');
      current.addEventListener('open', () => setState('open'));
      current.addEventListener('headline', received);
      current.addEventListener('filing', received);
      current.addEventListener('error', () => {
        if (source !== current) return;
        setState(current.readyState === EventSource.CLOSED ? 'closed' : 'waiting');
        show('cut off; the browser comes back by itself', 'life');
        document.documentElement.dataset['newsReconnects'] = String(++reconnects);
      });
    },
    stop: () => {
      source?.close();
      source = null;
      setState('closed');
    },
  };
}
