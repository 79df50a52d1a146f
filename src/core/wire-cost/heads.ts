import type { Channel, Connection } from '../channel.ts';
import type { Headers } from '../facts.ts';
import { headerOf } from '../http/content-type.ts';
import type { Session } from '../session.ts';
import {
  ownResponseFields,
  ownRequestFields,
  type RequestKind,
  typicalRequestFields,
  typicalResponseFields,
} from './typical-fields.ts';

/** A request and its response, without their bodies. */
export interface Head {
  readonly method: string;
  readonly scheme: string;
  readonly host: string;
  readonly target: string;
  /** Without `Host` and the pseudo fields of HTTP/2. */
  readonly request: Headers;
  readonly status: number;
  readonly response: Headers;
  /** As the network log told both; else put together of what is known and what is usual. */
  readonly isReal: boolean;
}

/** What requests of a channel look like, and would look like on another carrier. */
export interface Heads {
  /** The request of a recorded connection, as far as anybody told it. */
  of: (connection: Connection, kind: RequestKind) => Head;
  /** One that was never made. */
  like: (kind: RequestKind) => Head;
}

/** Fields of one carrier alone; `host` and the connection's own are told by the HTTP version. */
const OF_REQUEST =
  /^(?::.*|host|connection|upgrade|sec-websocket-.*|accept|cache-control|pragma|content-.*|last-event-id|origin|priority|sec-fetch-.*|keep-alive)$/iu;
const OF_RESPONSE =
  /^(?::.*|connection|upgrade|sec-websocket-.*|content-.*|cache-control|transfer-encoding|keep-alive|expires|etag)$/iu;

export function headsOf(session: Pick<Session, 'header'>, channel: Channel): Heads {
  const logged = channel.connections.find(({ handshake }) => handshake?.requestHeaders?.length);
  const [first] = channel.connections;
  const page = { origin: originOf(session.header.url), url: session.header.url };
  const url = first?.url ?? '';
  const isSecure = /^(?:wss|https):/u.test(url);
  const request =
    logged?.handshake?.requestHeaders?.filter(([name]) => !OF_REQUEST.test(name)) ??
    typicalRequestFields(page.url, isSecure);
  const response =
    logged?.handshake?.responseHeaders?.filter(([name]) => !OF_RESPONSE.test(name)) ??
    typicalResponseFields();

  const like = (kind: RequestKind, from = url): Head => ({
    ...placeOf(from),
    method: kind === 'post' ? 'POST' : 'GET',
    request: [...ownRequestFields(kind, page.origin), ...request],
    status: kind === 'websocket' ? 101 : kind === 'post' ? 204 : 200,
    response: [...ownResponseFields(kind), ...response],
    isReal: false,
  });

  return {
    like,
    of: (connection, kind) => {
      const { handshake, method, requestHeaders, responseHeaders, status } = connection;
      const usual = like(kind, connection.url);
      const told = handshake?.requestHeaders;
      const isReal =
        told !== undefined && told.length > 0 && handshake?.responseHeaders !== undefined;
      if (isReal) {
        const fields = told.filter(([name]) => !name.startsWith(':') && !/^host$/iu.test(name));
        const { responseHeaders: answered = [] } = handshake;
        return {
          ...usual,
          method: method ?? usual.method,
          request: fields,
          status: status ?? usual.status,
          response: answered.filter(([name]) => !name.startsWith(':')),
          isReal,
        };
      }
      return {
        ...usual,
        method: method ?? usual.method,
        request: merged(requestHeaders, usual.request),
        status: status ?? usual.status,
        response: merged(responseHeaders, usual.response),
      };
    },
  };
}

/** What is known, and of what is usual the rest. */
function merged(known: Headers | undefined, usual: Headers): Headers {
  if (known === undefined) return usual;
  return [...known, ...usual.filter(([name]) => headerOf(known, name.toLowerCase()) === undefined)];
}

function originOf(url: string): string {
  return /^[a-z][\w+.-]*:\/\/[^/?#]*/iu.exec(url)?.[0] ?? '';
}

function placeOf(url: string): Pick<Head, 'scheme' | 'host' | 'target'> {
  const [, scheme = '', host = '', rest = ''] =
    /^([a-z][\w+.-]*):\/\/([^/?#]*)([^#]*)/iu.exec(url) ?? [];
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return { scheme: /^(?:wss|https)$/iu.test(scheme) ? 'https' : 'http', host, target };
}
