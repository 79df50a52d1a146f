import type { Channel } from '../channel.ts';
import { isEventStream } from '../http/connection-body.ts';
import { headerOf } from '../http/content-type.ts';
import type { Session } from '../session.ts';
import { findBase64 } from './base64-rule.ts';
import { findBuffering } from './buffering-rule.ts';
import { findWrongType } from './content-type-rule.ts';
import { findNoIds } from './no-ids-rule.ts';
import { findOddities } from './oddity-rules.ts';
import { receivedEvents } from './received-events.ts';
import type { StreamFinding } from './stream-finding.ts';

export interface StreamLint {
  readonly findings: readonly StreamFinding[];
  /** What could not be looked at, and why, a sentence each. */
  readonly unchecked: readonly string[];
}

/** Looks at an event stream, however the page opened it; `undefined` for channels that are none. */
export function lintEventStream(
  session: Pick<Session, 'messages'>,
  channel: Channel,
): StreamLint | undefined {
  const { connections } = channel;
  if (!connections.some((each) => isEventStream(each) || isAskedFor(each))) return undefined;
  const events = receivedEvents(session.messages, channel);
  const isStream = connections.some(isEventStream);
  return {
    findings: [
      ...findWrongType(connections),
      ...findOddities(connections),
      ...(isStream ? findBuffering(events) : []),
      ...(isStream ? findNoIds(session.messages, channel, events) : []),
      ...(isStream ? findBase64(session.messages, events) : []),
    ],
    unchecked: uncheckedOf(channel),
  };
}

const isAskedFor = ({ requestHeaders, transport }: Channel['connections'][number]): boolean =>
  transport !== 'websocket' &&
  /text\/event-stream/iu.test(headerOf(requestHeaders, 'accept') ?? '');

function uncheckedOf({ connections, transport, dropped }: Channel): string[] {
  const unchecked: string[] = [];
  if (transport === 'eventsource') {
    unchecked.push(
      'An EventSource hands over events and no raw text: a bad “retry:”, U+0000 in IDs, byte order marks and an unfinished last event cannot be seen.',
    );
    if (!connections.some(({ handshake }) => handshake?.responseHeaders !== undefined)) {
      unchecked.push('The network log told no response headers, so the content type is not known.');
    }
  }
  if (dropped.received.messages > 0) {
    unchecked.push('Some events were dropped by limits of this recording.');
  }
  return unchecked;
}
