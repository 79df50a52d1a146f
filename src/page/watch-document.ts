import { getterOf, listen, now } from './natives.ts';
import type { Recorder } from './recorder.ts';

/**
 * Tells when the document is hidden and when the browser is offline, from the first connection on: before it, nobody
 * has a use for that. The window hears first, also of a document that took the place of its first, empty one.
 */
export function watchDocument(recorder: Recorder): void {
  const { navigator } = globalThis;
  const isHiddenOf = getterOf<boolean>(Document.prototype, 'hidden');
  const isOnlineOf = getterOf<boolean>(Navigator.prototype, 'onLine');
  let isUsed = false;
  /** What goes away is hidden too, which nobody needs to be told. */
  let isLeft = false;
  let wasHidden = false;
  let wasOnline = true;

  function look(): void {
    if (!isUsed || isLeft) return;
    const isHidden = isHiddenOf(document);
    const isOnline = isOnlineOf(navigator);
    if (isHidden !== wasHidden) {
      recorder.record({ kind: 'visibility-changed', at: now(), isHidden });
    }
    if (isOnline !== wasOnline) {
      recorder.record({ kind: 'online-changed', at: now(), isOnline });
    }
    wasHidden = isHidden;
    wasOnline = isOnline;
  }

  function watch(type: string, isLeaving = false): void {
    const hear = (event: Event): void => {
      if (!event.isTrusted) return;
      isLeft = isLeaving;
      look();
    };
    listen(window, type, hear, true);
  }

  watch('pagehide', true);
  watch('pageshow');
  watch('online');
  watch('offline');
  listen(window, 'visibilitychange', look, true);
  recorder.beforeFirst(() => {
    isUsed = true;
    look();
  });
}
