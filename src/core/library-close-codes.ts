import type { Connection } from './channel.ts';

/** What tells whose private codes a connection uses. */
export type Speaker = Partial<Pick<Connection, 'url' | 'subprotocol'>>;

interface CodeBook {
  library: string;
  isSpoken: (speaker: Speaker) => boolean;
  codes: Readonly<Record<number, string>>;
}

const speaks =
  (subprotocol: RegExp, url?: RegExp) =>
  (speaker: Speaker): boolean =>
    subprotocol.test(speaker.subprotocol ?? '') || url?.test(speaker.url ?? '') === true;
const NEVER = /(?!)/u;

const isCentrifugo = speaks(/^centrifuge-/u, /\/connection\/(?:websocket|uni_websocket)(?:\?|$)/u);

/** The codes that libraries and services document, between 3000 and 4999 (RFC 6455 section 7.4.2). */
const BOOKS: readonly CodeBook[] = [
  {
    // https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
    library: 'graphql-ws',
    isSpoken: speaks(/^graphql-transport-ws$/u),
    codes: {
      4004: 'the server’s answer could not be read',
      4005: 'an error in the client',
      4400: 'a message that the protocol does not know',
      4401: 'unauthorized: an operation before the connection was acknowledged',
      4403: 'forbidden: connection_init was refused',
      4406: 'the subprotocol is not accepted',
      4408: 'no connection_init came in time',
      4409: 'an operation with this ID exists already',
      4429: 'connection_init came more than once',
      4499: 'the client gave the connection up',
      4500: 'an error in the server',
      4504: 'the server did not acknowledge in time',
    },
  },
  {
    // https://centrifugal.dev/docs/server/codes
    library: 'Centrifugo',
    isSpoken: isCentrifugo,
    codes: {
      3000: 'the connection was closed',
      3001: 'the server shuts down',
      3004: 'an error in the server',
      3005: 'the connection expired',
      3006: 'a subscription expired',
      3008: 'the client reads too slowly',
      3009: 'a write failed',
      3010: 'the server’s state is insufficient',
      3011: 'the server wants a reconnect',
      3012: 'no pong came',
      3013: 'too many requests',
      3500: 'the token is invalid',
      3501: 'a bad request',
      3502: 'nothing came from the client in time',
      3503: 'the server wants it to stay away',
      3504: 'too many connections',
      3505: 'too many channels',
      3506: 'the protocol does not fit',
      3507: 'permission denied',
      3508: 'not available',
      3509: 'too many errors',
    },
  },
  {
    // https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/
    library: 'Pusher',
    isSpoken: speaks(NEVER, /\/app\/[^/?]+\?(?:.*&)?protocol=\d/u),
    codes: {
      4000: 'only TLS connections are accepted',
      4001: 'the application does not exist',
      4003: 'the application is disabled',
      4004: 'over the quota of connections',
      4005: 'the path is not found',
      4006: 'the version has a bad format',
      4007: 'the protocol version is not supported',
      4008: 'no protocol version was given',
      4009: 'unauthorized',
      4100: 'over capacity',
      4200: 'connect again at once',
      4201: 'no answer to a ping',
      4202: 'closed after inactivity',
      4301: 'too many client events',
    },
  },
  {
    // https://discord.com/developers/docs/topics/opcodes-and-status-codes
    library: 'Discord',
    isSpoken: speaks(NEVER, /^wss:\/\/gateway[\w.-]*\.discord\.gg\//u),
    codes: {
      4000: 'unknown error',
      4001: 'unknown opcode',
      4002: 'a payload that could not be decoded',
      4003: 'not authenticated',
      4004: 'the token is wrong',
      4005: 'authenticated already',
      4007: 'the sequence number to resume from is wrong',
      4008: 'too many messages',
      4009: 'the session timed out',
      4010: 'the shard is wrong',
      4011: 'sharding is required',
      4012: 'the API version is wrong',
      4013: 'the intents are wrong',
      4014: 'intents that are not allowed',
    },
  },
  {
    // https://sockjs.github.io/sockjs-protocol/ (“Closing frame”)
    library: 'SockJS',
    isSpoken: speaks(NEVER, /\/\d{3}\/[^/.]+\/(?:websocket|xhr\w*|eventsource)(?:\?|$)/u),
    codes: { 2010: 'another connection is still open', 3000: '“Go away!”: the session is over' },
  },
];

/** What a code means to the library or service that a connection speaks with, where that documents it. */
export function libraryCloseCode(code: number, speaker: Speaker): string | undefined {
  for (const { library, isSpoken, codes } of BOOKS) {
    const words = codes[code];
    if (words !== undefined && isSpoken(speaker)) return `${words}, says ${library}`;
  }
  return isCentrifugo(speaker) ? centrifugoRange(code) : undefined;
}

/** Centrifugo, “Disconnect codes”: the range tells whether a client is to come back. */
function centrifugoRange(code: number): string | undefined {
  if (code < 3000 || code > 4999) return undefined;
  const mayReturn = code % 1_000 < 500;
  return `${mayReturn ? 'connect again' : 'do not connect again'}, says Centrifugo`;
}
