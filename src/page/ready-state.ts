import { apply } from './natives.ts';
import { patchMethod, unpatch } from './patches.ts';

/**
 * Lets the page read the ready state that goes with the events it saw.
 *
 * @param find what it reads in place of the native's, of an object that is drilled
 * @returns takes that back
 */
export function patchReadyState(
  transport: string,
  find: (self: unknown) => number | undefined,
): () => void {
  const natives: Record<string, { prototype: object } | undefined> = {
    websocket: WebSocket,
    eventsource: EventSource,
  };
  const owner = natives[transport]?.prototype;
  if (owner === undefined) return () => undefined;
  patchMethod(owner, 'readyState', (native, self, args) => find(self) ?? apply(native, self, args));
  return () => {
    unpatch(owner, 'readyState');
  };
}
