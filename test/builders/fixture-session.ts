import type { Session } from '../../src/core/session.ts';
import { type ProtocolFixture, wireMessageOf } from '../protocols/fixture.ts';
import { aSession } from './session.ts';

/** A recording of a protocol as a session of one channel. */
export function sessionOf({ carrier, messages }: ProtocolFixture): Session {
  const { transport, url, subprotocol, contentType, requestContentType } = carrier;
  const builder = aSession().frame();
  if (transport === 'websocket') builder.websocket(url);
  else if (transport === 'eventsource') builder.eventsource(url);
  else {
    builder.request(url, transport, {
      ...(requestContentType !== undefined && {
        requestHeaders: [['content-type', requestContentType]],
      }),
    });
  }
  builder.after(20).opens({
    ...(subprotocol !== undefined && { subprotocol }),
    ...(contentType !== undefined && { responseHeaders: [['content-type', contentType]] }),
  });
  for (const message of messages) {
    const { direction, payload, ...rest } = wireMessageOf(message);
    builder.after(direction === 'sent' ? 120 : 35);
    if (direction === 'sent') builder.sends(payload, rest);
    else builder.receives(payload, rest);
  }
  return builder.build();
}
