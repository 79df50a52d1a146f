import { isLoopback } from '../hosts.ts';
import { byHost } from '../same-host.ts';
import { sessionRule } from '../said.ts';

export const insecureTransport = sessionRule(
  {
    id: 'insecure-transport',
    topic: 'Security',
    title: 'Not encrypted',
    source: 'RFC 6455 section 10.6; W3C “Mixed Content”: https://www.w3.org/TR/mixed-content/',
  },
  function* look({ session: { frames, header }, channels: all }) {
    const pageOf = (frame: number): string => frames.get(frame)?.url ?? header.url;
    for (const { url, page, channels, connections } of byHost(all, pageOf)) {
      if (isLoopback(url.hostname)) continue;
      if (url.protocol !== 'ws:' && url.protocol !== 'http:') continue;
      const isMixed = page.startsWith('https:');
      const scheme = url.protocol.slice(0, -1);
      yield {
        severity: isMixed ? 'error' : 'warning',
        summary: isMixed
          ? `A page over https connects to ${url.host} over ${scheme}: browsers block that, or try ${scheme}s instead.`
          : `Everything to and from ${url.host} goes over ${scheme} and can be read and changed on its way.`,
        advice: `Use ${scheme}s: it also passes proxies that do not know what to do with a WebSocket or a stream${scheme === 'http' ? ', and brings HTTP/2' : ''}.`,
        ifWrong: 'A certificate to keep, and a round trip or two more to connect.',
        connections,
        channels,
      };
    }
  },
);
