import type { Gate } from './gate.ts';
import { listen } from './natives.ts';
import type { Recorder } from './recorder.ts';

/**
 * Listens to what the browser fires at an object, and to nothing else: a page may dispatch events of its own,
 * and a native getter called on those would throw into the page's `window.onerror`.
 *
 * @param state in a drill, its gate decides what is seen
 */
export function watchEvents(
  recorder: Recorder,
  target: EventTarget,
  type: string,
  see: (event: Event) => void,
  state?: { readonly gate: Gate | undefined },
): void {
  listen(target, type, (event) => {
    // Not with `attempt`: a function made for each message would cost as much as the rest.
    try {
      const gate = state?.gate;
      if (gate === undefined ? event.isTrusted : gate.admits(event)) see(event);
    } catch (error) {
      recorder.failed(type, error);
    }
  });
}
