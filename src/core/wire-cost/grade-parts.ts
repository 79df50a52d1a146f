import type { Graded } from '../measures/measures.ts';
import type { Carrying } from './carry.ts';
import type { Carrier } from './wire-cost.ts';

type Grading = Omit<Graded, 'value'>;

const FRAMING: Readonly<Record<Carrier, string>> = {
  websocket:
    'Frame headers by length and masking (RFC 6455 section 5.2), one frame a message, and close frames; pings are not seen',
  eventsource:
    'Fields `data:`, `event:` and `id:` with a space and line feeds (HTML, server-sent events), one piece of the body for each event',
  'fetch-stream': 'One piece of the body for each message',
  'long-polling': 'JSON lists of what came since the last answer',
  polling: 'JSON lists of what came since the last answer',
};
const BY_HTTP = {
  'http/1.1': 'chunks (RFC 9112 section 7.1)',
  h2: 'frames of 9 bytes of header (RFC 9113 section 4.1)',
  h3: 'frames with a type and a length (RFC 9114 section 7.1)',
} as const;

/** How sure each part of a cost is, and how it was come by. */
export function gradeParts(
  { traffic, heads, http }: Carrying,
  carrier: Carrier,
  isHttpKnown: boolean,
): Record<'payload' | 'framing' | 'headers', Grading> {
  const isAsIs = carrier === traffic.carrier;
  const hasDropped = traffic.dropped > 0;
  const version = isHttpKnown ? http : `${http}, which nobody told`;
  return {
    payload: {
      grade: isAsIs && !hasDropped ? 'measured' : hasDropped ? 'estimated' : 'computed',
      how: hasDropped
        ? `${traffic.dropped} dropped messages count as equally long ones`
        : isAsIs
          ? 'All payloads as the page saw them, before compression'
          : 'All payloads, binary as base64 where the carrier holds text alone',
    },
    framing: {
      grade: hasDropped || !isHttpKnown || isPlanned(carrier, isAsIs) ? 'estimated' : 'computed',
      how: `${FRAMING[carrier]}; ${BY_HTTP[http]} (${version})`,
    },
    headers: headersGrade(),
  };

  function headersGrade(): Grading {
    const { connections } = traffic.channel;
    const isReal = isAsIs && connections.every((each) => heads.of(each, 'poll').isReal);
    if (isReal && http === 'http/1.1') {
      return { grade: 'measured', how: 'As the network log tells them' };
    }
    const what = isReal
      ? 'As the network log tells them'
      : 'What is known of them, and else what Chromium usually sends, without cookies';
    const compressed =
      http === 'http/1.1'
        ? ''
        : '; fields that came before are indexed, others in Huffman code (RFC 7541)';
    return { grade: 'estimated', how: `${what}${compressed}` };
  }
}

const isPlanned = (carrier: Carrier, isAsIs: boolean): boolean =>
  !isAsIs && (carrier === 'polling' || carrier === 'long-polling');
