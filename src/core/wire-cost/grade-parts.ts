import { formatCount } from '../format.ts';
import type { Graded } from '../measures/measures.ts';
import type { Carrying } from './carry.ts';
import type { Carrier } from './wire-cost.ts';

type Grading = Omit<Graded, 'value'>;

export interface Told {
  /** The log told the version of HTTP, a user set it, or there is no other. */
  readonly isHttpKnown: boolean;
  /** Whether the carrier compresses, measured or not. */
  readonly compresses: boolean;
}

/** How sure each part of a cost is, and how it was come by. */
export function gradeParts(
  carrying: Carrying,
  carrier: Carrier,
  told: Told,
): Record<'payload' | 'framing' | 'headers', Grading> {
  return {
    payload: gradePayload(carrying, carrier, told),
    framing: gradeFraming(carrying, carrier, told),
    headers: gradeHeaders(carrying, carrier),
  };
}

function gradePayload({ traffic, compressed }: Carrying, carrier: Carrier, told: Told): Grading {
  const { dropped } = traffic;
  const isAsIs = carrier === traffic.carrier;
  const all = 'All payloads as the page saw them';
  if (dropped > 0) {
    const count = formatCount(dropped);
    return { grade: 'estimated', how: `${all}, and ${count} dropped ones by their sum` };
  }
  if (compressed !== undefined) {
    const { measuredShare } = compressed;
    if (measuredShare < 1) {
      const share = Math.max(1, Math.round(measuredShare * 100));
      return {
        grade: 'estimated',
        how: `${all}; ${share} % of them compressed with DEFLATE, the rest taken to be alike`,
      };
    }
    return carrier === 'websocket'
      ? { grade: 'measured', how: `${all}, each of them compressed (RFC 7692)` }
      : {
          grade: 'estimated',
          how: `${all}, compressed with DEFLATE and what the carrier writes around them; a server may take another coding`,
        };
  }
  if (told.compresses) {
    return { grade: 'estimated', how: `${all}, before compression, which was not measured` };
  }
  if (isAsIs) return { grade: 'measured', how: all };
  return { grade: 'computed', how: `${all}, binary as base64 where the carrier holds text alone` };
}

const FRAMING: Readonly<Record<Carrier, string>> = {
  websocket:
    'Headers by length and masking, one frame for each message (RFC 6455 section 5.2), and close frames; pings are not seen',
  eventsource:
    'The fields of events with a space and a line feed each (HTML, server-sent events), each event a piece of the body',
  'fetch-stream': 'What divides messages, each a piece of the body',
  'long-polling': 'What makes a JSON list of all messages of one answer',
  polling: 'What makes a JSON list of all messages of one answer',
};
const BY_HTTP = {
  'http/1.1': 'chunks where no length is told (RFC 9112 section 7.1)',
  h2: 'headers of frames (RFC 9113 section 4.1)',
  h3: 'types and lengths of frames (RFC 9114 section 7.1)',
} as const;

function gradeFraming({ traffic, http }: Carrying, carrier: Carrier, told: Told): Grading {
  const isAsIs = carrier === traffic.carrier;
  const isPolled = carrier === 'polling' || carrier === 'long-polling';
  const own = isPolled && isAsIs ? 'Answers as they are' : FRAMING[carrier];
  const isSure = told.isHttpKnown && traffic.dropped === 0 && (isAsIs || !isPolled);
  const version = told.isHttpKnown ? '' : `; nobody told the version, ${http} is usual`;
  return { grade: isSure ? 'computed' : 'estimated', how: `${own}; ${BY_HTTP[http]}${version}` };
}

function gradeHeaders({ traffic, heads, http, options }: Carrying, carrier: Carrier): Grading {
  const isSet = options.requestHeaders !== undefined || options.responseHeaders !== undefined;
  const isReal =
    carrier === traffic.carrier &&
    !isSet &&
    traffic.channel.connections.every((each) => heads.of(each, 'poll').isReal);
  if (isReal && http === 'http/1.1') return { grade: 'measured', how: 'As the network log tells' };
  const what = isReal
    ? 'As the network log tells'
    : isSet
      ? 'As long as was set'
      : 'As the network log or the page tells, and where they do not as Chromium has them, without cookies';
  const coding =
    http === 'http/1.1'
      ? ''
      : '; fields that came before are an index, others in Huffman code (RFC 7541)';
  return { grade: 'estimated', how: `${what}${coding}` };
}
