import type { Channel } from '../channel.ts';
import { isEventStream } from '../http/connection-body.ts';
import { headerOf } from '../http/content-type.ts';

/** Whether a channel carries an event stream, however the page opened it. */
export const carriesEventStream = ({ connections }: Channel): boolean =>
  connections.some(isEventStream);

/** Whether the page asked for one. */
export const asksForEventStream = ({ connections }: Channel): boolean =>
  connections.some(
    ({ transport, requestHeaders }) =>
      transport !== 'websocket' &&
      /text\/event-stream/iu.test(headerOf(requestHeaders, 'accept') ?? ''),
  );
