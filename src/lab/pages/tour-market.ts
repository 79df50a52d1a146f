import { byId, element } from './element.ts';
import { endpointUrl, webSocketUrl } from './page-query.ts';
import type { TourPart } from './tour-part.ts';

const SYMBOLS = ['ACME', 'BOLT', 'CIRRUS', 'DELTA'];
const SVG = 'http://www.w3.org/2000/svg';
/** Points of a little chart. */
const LENGTH = 24;
/** Time between two pings of the page, in milliseconds. */
const PING = 2000;

/** Prices over a WebSocket; the page subscribes, and pings every two seconds. */
export function createMarket(setState: (state: string) => void): TourPart {
  const shows = new Map(SYMBOLS.map((symbol) => [symbol, addQuote(symbol)]));
  let socket: WebSocket | null = null;
  let pingTimer: number | undefined;

  return {
    start: () => {
      const current = new WebSocket(webSocketUrl(endpointUrl('/ws/feed?rate=8&name=market')));
      socket = current;
      setState('connecting');
      current.addEventListener('open', () => {
        setState('open');
        current.send(JSON.stringify({ type: 'subscribe', symbols: SYMBOLS }));
        pingTimer = window.setInterval(() => {
          current.send(JSON.stringify({ type: 'ping', time: Date.now() }));
        }, PING);
      });
      current.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const tick = JSON.parse(data) as { symbol?: string; price?: number };
        if (tick.price !== undefined) shows.get(tick.symbol ?? '')?.(tick.price);
      });
      current.addEventListener('close', () => {
        window.clearInterval(pingTimer);
        setState('closed');
      });
    },
    stop: () => socket?.close(1000, 'stopped'),
  };
}

/** One row of the board; the answer draws a new price in it. */
function addQuote(symbol: string): (price: number) => void {
  const line = document.createElementNS(SVG, 'polyline');
  const chart = document.createElementNS(SVG, 'svg');
  chart.setAttribute('viewBox', '0 0 100 20');
  chart.setAttribute('preserveAspectRatio', 'none');
  chart.append(line);
  const price = element('b', '', '–');
  byId('board').append(element('div', 'quote', [element('span', '', symbol), chart, price]));
  const prices: number[] = [];
  return (next) => {
    prices.push(next);
    if (prices.length > LENGTH) prices.shift();
    price.textContent = next.toFixed(2);
    const low = Math.min(...prices);
    const span = Math.max(...prices) - low || 1;
    const points = prices.map((one, index) => {
      const x = (index / Math.max(1, prices.length - 1)) * 100;
      return `${x.toFixed(1)},${(19 - ((one - low) / span) * 18).toFixed(1)}`;
    });
    line.setAttribute('points', points.join(' '));
  };
}
