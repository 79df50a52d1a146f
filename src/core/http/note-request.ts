import type { Channel } from '../channel.ts';
import type { Session } from '../session.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import type { RequestNoted } from './request-noted.ts';

/** A request as its frame made it. */
interface MadeRequest {
  readonly frame: number;
  readonly at: Milliseconds;
  readonly url: string;
  readonly method?: string;
}

const ASKS_ONLY = /^(?:GET|HEAD|OPTIONS)$/iu;

/** The fact of a request beside a stream; `undefined` where it only asks, or no stream of its host was open. */
export function noteRequest(
  session: Pick<Session, 'channels'>,
  { frame, at, url, method = 'GET' }: MadeRequest,
  byteLength: Bytes,
): RequestNoted | undefined {
  const origin = originOf(url);
  if (ASKS_ONLY.test(method) || origin === undefined) return undefined;
  const isBeside = session.channels.some(
    (channel) => channel.frame === frame && isStreamOf(channel, origin) && isOpenAt(channel, at),
  );
  if (!isBeside) return undefined;
  return { kind: 'request-noted', frame, at, method: method.toUpperCase(), origin, byteLength };
}

/** Scheme, host and port. */
export function originOf(url: string): string | undefined {
  return /^https?:\/\/[^/?#]+/iu.exec(url)?.[0];
}

/** A response that goes on. */
export const isStream = ({ transport }: Pick<Channel, 'transport'>): boolean =>
  transport === 'eventsource' || transport === 'fetch-stream' || transport === 'xhr-stream';

const isStreamOf = (channel: Channel, origin: string): boolean =>
  isStream(channel) && originOf(channel.endpoint) === origin;

/** Of a long chain the latest connections are asked. */
const LATEST = 4;

function isOpenAt({ connections }: Channel, at: Milliseconds): boolean {
  return connections
    .slice(-LATEST)
    .some(({ createdAt, endedAt = Infinity }) => createdAt <= at && at <= endedAt);
}
