import { formatCount, formatCountOf } from '../../format.ts';
import type { Resume } from '../../story/outage-types.ts';
import { connectionsAround, rangesIn } from '../outage-evidence.ts';
import { channelRule } from '../said.ts';

export const messagesLost = channelRule(
  {
    id: 'messages-lost',
    topic: 'Reconnecting',
    title: 'Messages are lost when it reconnects',
    source: 'The recorded messages: the numbers that they carry, before and after each outage',
  },
  function* look({ story: { outages }, channel }) {
    const lossy = outages.filter(({ resume, isDrilled }) => resume.lost > 0 && !isDrilled);
    const [first] = lossy;
    if (first === undefined) return;
    const lost = lossy.reduce((sum, { resume }) => sum + resume.lost, 0);
    const numbers = rangesIn(lossy.flatMap(({ resume }) => resume.lostRanges));
    yield {
      severity: 'warning',
      summary: `${formatCountOf(lost, 'message')} lost in ${formatCount(lossy.length)} of ${formatCountOf(outages.length, 'outage')}: ${first.resume.sequence ?? 'numbers'} ${numbers}.`,
      advice: adviceFor(first.resume, channel.transport === 'eventsource'),
      ifWrong:
        'The server has to keep the latest messages of each stream; where a newer one makes an older one useless, nothing is gained.',
      connections: lossy.flatMap(connectionsAround),
    };
  },
);

function adviceFor({ lastEventIdSent, isLastEventIdHonoured }: Resume, isEventSource: boolean) {
  if (isLastEventIdHonoured === false) {
    return `The client said what it had last (“Last-Event-ID: ${lastEventIdSent ?? ''}”), and the server did not go on from there: let it send what came after that ID.`;
  }
  return isEventSource
    ? 'Send “id:” with each event, and go on after “Last-Event-ID” when a client comes back.'
    : 'Let the page say the last number that it has when it comes back, and the server send what came after it; or ask for the whole state anew.';
}
