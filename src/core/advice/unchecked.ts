import type { Channel } from '../channel.ts';
import { asksForEventStream, carriesEventStream } from './event-streams.ts';

/** What the rules could not look at in a channel, and why, a sentence each. */
export function uncheckedOf(channel: Channel): string[] {
  const { connections, transport, dropped } = channel;
  const unchecked: string[] = [];
  const areHeadersKnown = connections.some(
    ({ handshake }) => handshake?.responseHeaders !== undefined,
  );
  if (transport === 'eventsource') {
    unchecked.push(
      'An EventSource hands over events and no raw text: a bad “retry:”, U+0000 in IDs, byte order marks and an unfinished last event cannot be seen.',
    );
    if (!areHeadersKnown) {
      unchecked.push('The network log told no response headers, so the content type is not known.');
    }
  }
  if (transport === 'websocket') {
    unchecked.push(
      'Pages are not told of ping and pong frames: a connection that seems silent may be kept alive by them.',
    );
  }
  if (dropped.sent.messages + dropped.received.messages > 0) {
    const what = carriesEventStream(channel) || asksForEventStream(channel) ? 'events' : 'messages';
    unchecked.push(`Some ${what} were dropped by limits of this recording.`);
  }
  return unchecked;
}
