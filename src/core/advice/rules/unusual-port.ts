import { isLoopback } from '../hosts.ts';
import { byHost } from '../same-host.ts';
import { sessionRule } from '../said.ts';

const USUAL: readonly string[] = ['', '80', '443'];

export const unusualPort = sessionRule(
  {
    id: 'unusual-port',
    topic: 'Connections',
    title: 'A port that firewalls block',
    source:
      'RFC 6455 section 1.7: 80 and 443 by default; networks of companies often let out no others',
  },
  function* look({ session: { frames, header }, channels: all }) {
    const pageOf = (frame: number): string => frames.get(frame)?.url ?? header.url;
    for (const { url, channels, connections } of byHost(all, pageOf)) {
      if (USUAL.includes(url.port) || isLoopback(url.hostname)) continue;
      yield {
        severity: 'info',
        summary: `It connects to port ${url.port} of ${url.hostname}: firewalls of companies and hotels often let out 80 and 443 only.`,
        advice: 'Put it behind the port of the site, as a path of its own.',
        ifWrong: 'Nothing is gained where all users are in one network that you know.',
        connections,
        channels,
      };
    }
  },
);
