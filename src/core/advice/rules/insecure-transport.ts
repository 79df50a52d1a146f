import { isLoopback, urlOf } from '../hosts.ts';
import { channelRule } from '../said.ts';

export const insecureTransport = channelRule(
  {
    id: 'insecure-transport',
    topic: 'Security',
    title: 'Not encrypted',
    source: 'W3C Mixed Content: https://www.w3.org/TR/mixed-content/; RFC 6455 section 10.6',
  },
  function* look({ channel }, { frames, header }) {
    const url = urlOf(channel.endpoint);
    if (url === undefined || isLoopback(url.hostname)) return;
    if (url.protocol !== 'ws:' && url.protocol !== 'http:') return;
    const page = frames.get(channel.frame)?.url ?? header.url;
    const isMixed = page.startsWith('https:');
    const scheme = url.protocol.slice(0, -1);
    yield {
      severity: isMixed ? 'error' : 'warning',
      summary: isMixed
        ? `A page over https connects to ${url.host} over ${scheme}: browsers block that, or try ${scheme}s instead.`
        : `Everything to and from ${url.host} goes over ${scheme} and can be read and changed on its way.`,
      advice: `Use ${scheme}s: it also passes proxies that do not know what to do with a WebSocket or a stream${scheme === 'http' ? ', and brings HTTP/2' : ''}.`,
      ifWrong: 'A certificate to keep, and a round trip or two more to connect.',
      connections: channel.connections.map(({ id }) => id),
    };
  },
);
