import { listen } from './natives.ts';
import type { Recorder } from './recorder.ts';

/**
 * Listens to what the browser fires at an object, and to nothing else: a page may dispatch events of its own,
 * and a native getter called on those would throw into the page's `window.onerror`.
 */
export function watchEvents(
  recorder: Recorder,
  target: EventTarget,
  type: string,
  see: (event: Event) => void,
): void {
  listen(target, type, (event) => {
    recorder.attempt(type, () => {
      if (event.isTrusted) see(event);
    });
  });
}
