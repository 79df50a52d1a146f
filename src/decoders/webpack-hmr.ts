import type { WireMessage } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape, hasMembers, isOneOf } from './evidence.ts';

/** What webpack-dev-server's client listens for (client-src/index.js). */
const DEV_SERVER_TYPES = [
  'hot',
  'liveReload',
  'reconnect',
  'overlay',
  'logging',
  'hash',
  'ok',
  'still-ok',
  'invalid',
  'warnings',
  'errors',
  'error',
  'progress',
  'progress-update',
  'static-changed',
  'close',
] as const;
const DEV_SERVER_MEMBERS: ReadonlySet<string> = new Set(['type', 'data', 'params']);

const MIDDLEWARE_ACTIONS = ['building', 'built', 'sync'] as const;

/** All that webpack-hot-middleware says while nothing is built. */
export const HEARTBEAT = '💓';

const HASH = /^[\da-f]{6,128}$/u;
const isHash = (value: unknown) => typeof value === 'string' && HASH.test(value);

const isOfDevServer = (json: unknown) =>
  hasMembers(json, { type: 'string' }) &&
  isOneOf(DEV_SERVER_TYPES, json['type']) &&
  Object.keys(json).every((name) => DEV_SERVER_MEMBERS.has(name));

const isOfMiddleware = (json: unknown) =>
  hasMembers(json, { action: 'string', type: 'undefined?' }) &&
  isOneOf(MIDDLEWARE_ACTIONS, json['action']);

/** The words that only webpack has: others, too, say `ok`, `error` and `close`. */
function isWebpacksOwn(json: unknown): boolean {
  if (hasMembers(json, { action: 'string', hash: 'string', modules: 'object' })) {
    return isHash(json['hash']);
  }
  if (!hasMembers(json, { type: 'string' })) return false;
  const { type, data } = json;
  switch (type) {
    case 'liveReload':
    case 'still-ok':
      return data === undefined;
    case 'hash':
      return isHash(data);
    case 'progress-update':
      return hasMembers(data, { percent: 'number', msg: 'string' });
    default:
      return false;
  }
}

/** Only the server speaks. */
const fits = ({ direction }: WireMessage, json: unknown) =>
  direction === 'received' && (isOfDevServer(json) || isOfMiddleware(json));

/** The hot updates of webpack-dev-server (WebSocket or SockJS) and of webpack-hot-middleware (an event stream). */
export const webpackHmr: Decoder = {
  id: 'webpack-hmr',
  recognise: (look) =>
    claimByShape(look, {
      confidence: 0.85,
      shape: 'messages of webpack’s hot updates',
      fits,
      mayBe: ({ payload }) => payload === HEARTBEAT,
      proves: (_message, json) => isWebpacksOwn(json),
    }),
  load: () => import('./webpack-hmr-codec.ts').then(({ webpackHmrCodec }) => webpackHmrCodec),
};
