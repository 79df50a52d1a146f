import { formatCountOf, formatSpan } from '../format.ts';
import type { DrillStepped } from './drill-facts.ts';

/** A step of a drill, in a few words. */
export function describeStep(fact: DrillStepped): string {
  const { step, closeCode = 1000, closeReason = '', attempts = 0, duration = 0, share = 0 } = fact;
  switch (step) {
    case 'drop':
      return 'Dropped the connection, as the network would';
    case 'close':
      return `Closed it as the server would: ${closeCode}${closeReason === '' ? '' : ` “${closeReason}”`}`;
    case 'refuse':
      if (duration > 0) return `Refuse every reconnect for ${formatSpan(duration)}`;
      return attempts === 0
        ? 'Refuse no more reconnects'
        : `Refuse the next ${formatCountOf(attempts, 'reconnect')}`;
    case 'hold':
      return duration === 0
        ? 'Received messages no longer wait'
        : `Each received message waits for ${formatSpan(duration)}`;
    case 'lose':
      return share === 0
        ? 'No received message is withheld any more'
        : `Withhold ${Math.round(share * 100)} % of received messages`;
    case 'send':
      return 'Sent a message';
    case 'inject':
      return 'Let the page receive a message';
    case 'refused':
      return 'Refused a reconnect';
    case 'withheld':
      return 'Withheld a message';
  }
}
