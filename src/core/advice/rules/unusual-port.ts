import { isLoopback, urlOf } from '../hosts.ts';
import { channelRule } from '../said.ts';

export const unusualPort = channelRule(
  {
    id: 'unusual-port',
    topic: 'Connections',
    title: 'A port that firewalls block',
    source:
      'RFC 6455 section 1.7: 80 and 443 by default; networks of companies often let out no others',
  },
  function* look({ channel }) {
    const url = urlOf(channel.endpoint);
    if (url === undefined || url.port === '' || isLoopback(url.hostname)) return;
    if (url.port === '80' || url.port === '443') return;
    yield {
      severity: 'info',
      summary: `It connects to port ${url.port} of ${url.hostname}: firewalls of companies and hotels often let out 80 and 443 only.`,
      advice: 'Put it behind the port of the site, as a path of its own.',
      ifWrong: 'Nothing is gained where all users are in one network that you know.',
      connections: channel.connections.map(({ id }) => id),
    };
  },
);
