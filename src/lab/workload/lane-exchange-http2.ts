import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { LaneRequest, LaneResponse } from './lane-exchange.ts';

/**
 * An HTTP/2 stream as the endpoints know requests and responses. Node's own compatible ones end each body with an empty
 * frame more, for trailers that might have come.
 */
export function asExchange(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): { request: LaneRequest; response: LaneResponse } {
  return {
    request: {
      method: headers[':method'],
      url: headers[':path'],
      headers,
      [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
    },
    response: {
      writeHead: (status, fields) => stream.respond({ ':status': status, ...fields }),
      write: (chunk) => stream.write(chunk),
      end: (chunk) => stream.end(chunk),
      on: (event, listener) => stream.on(event, listener),
    },
  };
}
