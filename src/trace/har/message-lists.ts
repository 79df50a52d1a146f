import type { Connection } from '../../core/channel.ts';
import type { MessageFact } from '../../core/facts.ts';
import { isEventStream } from '../../core/http/connection-body.ts';

/** Chrome's lists of messages. */
export type StandardList = '_webSocketMessages' | '_eventSourceMessages';

/** The list in which other tools look for the messages of a connection. */
export function standardListOf(connection: Connection): StandardList | undefined {
  if (connection.transport === 'websocket') return '_webSocketMessages';
  return isEventStream(connection) ? '_eventSourceMessages' : undefined;
}

/** Chrome's list of events holds received texts, and nothing that a page sent. */
export function isListed(list: StandardList | undefined, message: MessageFact): boolean {
  if (list !== '_eventSourceMessages') return list !== undefined;
  return message.direction === 'received' && message.dataType === 'string';
}
