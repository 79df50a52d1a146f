import type { SessionHeader } from './facts.ts';

/**
 * What stays the same from one try to the next: scheme, host and path.
 * Query and fragment often carry tokens, session ids and timestamps.
 */
export function endpointOf(url: string): string {
  const end = url.search(/[?#]/u);
  return end === -1 ? url : url.slice(0, end);
}

/** A short name for a list: the path, with the host in front where it is not the page's own. */
export function endpointName(endpoint: string, pageUrl: string): string {
  const [, host = '', path = ''] = /^[a-z][\w+.-]*:\/\/([^/]*)(.*)$/iu.exec(endpoint) ?? [];
  if (host === '') return endpoint;
  const [, pageHost] = /^[a-z][\w+.-]*:\/\/([^/]*)/iu.exec(pageUrl) ?? [];
  return host === pageHost ? path || '/' : host + path;
}

/** The origin of the page that a session was recorded on; its URL where that has none. */
export function siteOf({ url }: SessionHeader): string {
  return /^https?:\/\/[^/?#]+/u.exec(url)?.[0] ?? url;
}
