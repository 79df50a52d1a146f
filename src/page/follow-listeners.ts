import { apply } from './natives.ts';
import { patchMethod } from './patches.ts';

/**
 * Follows the page to the event types that it listens to, at any object.
 * @returns puts it in place, once; a page without an EventSource keeps its bare `addEventListener`
 */
export function createListenerFollower(
  onListening: (target: unknown, type: string) => void,
): () => void {
  let isInPlace = false;
  return () => {
    if (isInPlace) return;
    isInPlace = true;
    patchMethod(EventTarget.prototype, 'addEventListener', (native, self, args) => {
      const type = args[0];
      if (typeof type === 'string' && args.length > 1) onListening(self, type);
      return apply(native, self, args);
    });
  };
}
