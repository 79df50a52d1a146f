import type { Connection } from '../core/channel.ts';
import { contentTypeOf } from '../core/http/connection-body.ts';
import { mimeTypeOf } from '../core/http/content-type.ts';
import { isRequest } from '../core/http/request-transport.ts';
import type { Carrier } from './decoder.ts';

/** What a session knows of a connection beside its messages. */
export function carrierOf(connection: Connection): Carrier {
  const { transport, url, createdAt, subprotocol, requestHeaders, handshake } = connection;
  const contentType = mimeTypeOf([['content-type', contentTypeOf(connection) ?? '']]);
  const requestContentType = mimeTypeOf(requestHeaders ?? handshake?.requestHeaders);
  return {
    transport,
    url,
    ...(subprotocol !== undefined && subprotocol !== '' && { subprotocol }),
    ...(contentType !== '' && { contentType }),
    ...(requestContentType !== '' && { requestContentType }),
    ...((isRequest(transport) || transport === 'eventsource') && { askedAt: createdAt }),
  };
}
