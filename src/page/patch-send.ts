import type { TapLimits } from './limits.ts';
import { recordMessage } from './message.ts';
import { apply } from './natives.ts';
import { patchMethod } from './patches.ts';
import { seenMessage } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { standInForText } from './stand-in.ts';

/**
 * Records what the page gives to `send()`, when the native has taken it.
 *
 * @param find the connection of an object, where it is known
 * @param isOpen asked before the native call: what is taken later never leaves
 */
export function patchSend(
  recorder: Recorder,
  limits: TapLimits,
  prototype: object,
  find: (self: unknown) => { readonly connection: number } | undefined,
  isOpen: (self: object) => boolean,
): void {
  patchMethod(prototype, 'send', (native, self, args) => {
    const state = find(self);
    if (state === undefined || args.length === 0) return apply(native, self, args);
    const standIn = standInForText(args[0]);
    const wasOpen = isOpen(self as object);
    const result = apply(native, self, [standIn === undefined ? args[0] : standIn.given]);
    try {
      const seen = seenMessage(state.connection, 'sent');
      if (!wasOpen) seen.discarded = true;
      recordMessage(recorder, limits, standIn === undefined ? args[0] : standIn.taken(), seen);
    } catch (error) {
      recorder.failed('send', error);
    }
    return result;
  });
}
