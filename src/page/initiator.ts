import { getOwnPropertyDescriptor, NativeError } from './natives.ts';

/**
 * The stack at the page's constructor call, as the engine writes it; the intake takes our own frames off it.
 * A page with its own `Error.prepareStackTrace` would notice the formatting, so there it stays unknown.
 */
export function captureInitiator(): { initiator?: string } | undefined {
  if (getOwnPropertyDescriptor(NativeError, 'prepareStackTrace') !== undefined) return undefined;
  const { stack } = new NativeError();
  return stack === undefined ? undefined : { initiator: stack };
}
