import { isLabEndpoint, PARAMETERS } from '../faults.ts';

const query = new URLSearchParams(location.search);

/** Names this load of the page to the server, which then remembers its feed and its tries. */
export const pageKey = query.get('key') ?? `page-${Math.random().toString(36).slice(2, 10)}`;

/** Read by the page itself, never handed on to an endpoint. */
const OWN = ['scenario', 'key', 'frame'];

export function pageParameter(name: string): string | null {
  return query.get(name);
}

/**
 * The absolute URL of an endpoint with this page's key. What the page's own query says wins, so
 * `/watch?scenario=websocket-steady&rate=50` is faster.
 */
export function endpointUrl(endpoint: string): URL {
  const url = new URL(endpoint, document.baseURI);
  const known: readonly string[] = isLabEndpoint(url.pathname) ? PARAMETERS[url.pathname] : [];
  url.searchParams.set('key', pageKey);
  for (const [name, value] of query) {
    if (known.includes(name) && !OWN.includes(name)) url.searchParams.set(name, value);
  }
  return url;
}

export function webSocketUrl(url: URL): string {
  return url.href.replace(/^http/u, 'ws');
}
