/** What a client asks for, and the name under which it is answered. */
export const COMMANDS = [
  'connect',
  'subscribe',
  'unsubscribe',
  'publish',
  'presence',
  'presence_stats',
  'history',
  'ping',
  'send',
  'rpc',
  'refresh',
  'sub_refresh',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** What a server says by itself. */
export const PUSHES = [
  'pub',
  'join',
  'leave',
  'unsubscribe',
  'message',
  'subscribe',
  'connect',
  'disconnect',
  'refresh',
] as const;
export type PushName = (typeof PUSHES)[number];
