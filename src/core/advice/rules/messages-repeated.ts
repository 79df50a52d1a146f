import { formatCount, formatCountOf } from '../../format.ts';
import { connectionsAround, rangesIn } from '../outage-evidence.ts';
import { channelRule } from '../said.ts';

export const messagesRepeated = channelRule(
  {
    id: 'messages-repeated',
    topic: 'Reconnecting',
    title: 'Messages come twice when it reconnects',
    source: 'The recorded messages: the numbers that they carry, before and after each outage',
  },
  function* look({ story: { outages } }) {
    const doubled = outages.filter(({ resume, isDrilled }) => resume.repeated > 0 && !isDrilled);
    const [first] = doubled;
    if (first === undefined) return;
    const repeated = doubled.reduce((sum, { resume }) => sum + resume.repeated, 0);
    const numbers = rangesIn(doubled.flatMap(({ resume }) => resume.repeatedRanges));
    yield {
      severity: 'info',
      summary: `${formatCountOf(repeated, 'message')} came twice after ${formatCount(doubled.length)} of ${formatCountOf(outages.length, 'outage')}: ${first.resume.sequence ?? 'numbers'} ${numbers}.`,
      advice:
        'Let the page pass over numbers that it has, or the server go on right after the last one that the page names.',
      ifWrong:
        'A look at one number for each message; where a message tells the whole state, coming twice does no harm.',
      connections: doubled.flatMap(connectionsAround),
    };
  },
);
