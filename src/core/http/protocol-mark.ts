import { endpointOf } from '../endpoint.ts';
import type { MessageFact } from '../facts.ts';
import type { BodyKind } from './content-type.ts';
import type { RequestCreated } from './request.ts';

/** What tells that a request belongs to a polling transport of a known protocol. */
export interface ProtocolMark {
  /** Requests of one key are one channel. */
  key: string;
  /** In plain words. */
  evidence: string;
  /** So many requests make the channel. */
  needs: number;
  /** One of them has to be of this method. */
  needsMethod?: string;
  bodyKind?: BodyKind;
}

/** @param negotiated endpoints at which a SignalR client has asked for a connection */
export function protocolMark(
  { url, method }: Pick<RequestCreated, 'url' | 'method'>,
  negotiated: ReadonlySet<string>,
): ProtocolMark | undefined {
  return engineIo(url) ?? sockJs(url, method) ?? signalR(url, negotiated);
}

/** engine.io-protocol, “HTTP long-polling”: `EIO` is the version, `transport` the way. */
function engineIo(url: string): ProtocolMark | undefined {
  const version = /[?&]EIO=(\d+)(?:&|$)/u.exec(url)?.[1];
  if (version === undefined || !/[?&]transport=polling(?:&|$)/u.test(url)) return undefined;
  return {
    key: `engine.io ${endpointOf(url)}`,
    evidence: `Engine.IO says so in the address: EIO=${version} and transport=polling`,
    needs: 2,
  };
}

/** SockJS protocol: `/<server>/<session>/<transport>` below the base path, the server in three digits. */
function sockJs(url: string, method: string | undefined): ProtocolMark | undefined {
  const [, base, transport] =
    /^(.*)\/\d{3}\/[^/]+\/(xhr|xhr_send|xhr_streaming)$/u.exec(endpointOf(url)) ?? [];
  if (base === undefined || transport === undefined || method !== 'POST') return undefined;
  const isStreaming = transport === 'xhr_streaming';
  return {
    key: `sockjs ${base}`,
    evidence: `SockJS says so in the address: three digits, a session and “${transport}” below ${base}`,
    needs: isStreaming ? 1 : 2,
    // One frame a line, as long as the response lasts.
    ...(isStreaming && { bodyKind: 'lines' as const }),
  };
}

/** ASP.NET Core SignalR, transport protocols, “Long Polling”: the connection's token as `id`. */
function signalR(url: string, negotiated: ReadonlySet<string>): ProtocolMark | undefined {
  const endpoint = endpointOf(url);
  if (!negotiated.has(endpoint) || !/[?&]id=[^&]/u.test(url)) return undefined;
  return {
    key: `signalr ${endpoint}`,
    evidence: `SignalR negotiated at ${endpoint}/negotiate, and the requests carry a connection’s id`,
    needs: 2,
    // Without a poll these are the sent messages of another transport.
    needsMethod: 'GET',
  };
}

/** The endpoint for which a request negotiates a SignalR connection. */
export function negotiatedEndpoint({ url, method }: RequestCreated): string | undefined {
  return method === 'POST' ? /^(.*)\/negotiate$/u.exec(endpointOf(url))?.[1] : undefined;
}

/** Bayeux: a client connects again as soon as the server has answered (“/meta/connect”). */
export function isBayeuxConnect({ direction, payload }: MessageFact): boolean {
  return (
    direction === 'sent' &&
    typeof payload === 'string' &&
    /"channel"\s*:\s*"\/meta\/connect"/u.test(payload)
  );
}

export const BAYEUX_EVIDENCE = 'Bayeux says so in the bodies: channel “/meta/connect”';
