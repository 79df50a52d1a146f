import { formatCountOf, formatSpan } from '../../format.ts';
import type { Milliseconds } from '../../units.ts';
import { channelRule } from '../said.ts';

/** A little less than the usual idle timeouts of proxies, which begin at half a minute. */
const NEAR_TIMEOUT: Milliseconds = 27_000;
/** Longer than the default of nginx: one that outlasts it will fail behind another proxy. */
const LONG: Milliseconds = 55_000;

export const noHeartbeat = channelRule(
  {
    id: 'no-heartbeat',
    topic: 'Staying alive',
    title: 'Long silences without a heartbeat',
    source:
      'Idle timeouts that are usual: nginx 60 s (“proxy_read_timeout”), AWS load balancers 60 s, Cloudflare 100 s: https://nginx.org/en/docs/http/websocket.html',
  },
  function* look({ channel, story: { heartbeats, outages, silence } }) {
    if (heartbeats.length > 0 || channel.transport === 'polling') return;
    const lost = outages.filter(
      ({ silence: before = 0, isIntended, isDrilled, endedBy }) =>
        before >= NEAR_TIMEOUT && !isIntended && !isDrilled && endedBy !== 'navigation',
    );
    const unseen =
      channel.transport === 'websocket'
        ? 'Pages are not told of ping frames: if the server sends them, the connection was kept alive already.'
        : 'An EventSource hides comments: if the server sends some, the connection was kept alive already.';
    const advice =
      channel.transport === 'websocket'
        ? 'Send a small message or a ping frame every 15 to 30 s, and take a missing answer for a loss.'
        : 'Let the server send a comment (“:” and an empty line) every 15 s.';
    if (lost.length > 0) {
      const longest = Math.max(...lost.map(({ silence: before = 0 }) => before));
      yield {
        severity: 'warning',
        summary: `${formatCountOf(lost.length, 'time')} the connection was lost after a silence of up to ${formatSpan(longest)}, and no heartbeat was seen: something between may close what is idle.`,
        advice,
        ifWrong: unseen,
        connections: lost.map(({ connection }) => connection),
      };
    } else if (silence !== undefined && silence.longest >= LONG) {
      yield {
        severity: 'info',
        summary: `Nothing at all came or went for ${formatSpan(silence.longest)}, and no heartbeat was seen: many proxies close what is idle for 60 s.`,
        advice,
        ifWrong: unseen,
        connections: [silence.connection],
      };
    }
  },
);
