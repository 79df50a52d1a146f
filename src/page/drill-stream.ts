import type { DrillTerms } from './drill-terms.ts';
import {
  createDelivery,
  type Gate,
  type Tell,
  isMessage,
  messageEvent,
  plainEvent,
} from './gate.ts';
import { apply, getterOf, later } from './natives.ts';

/** Before ours took their places. */
const { prototype } = EventSource;
const { close: nativeClose } = prototype;
const readyStateOf = getterOf<number>(prototype, 'readyState');
const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

/**
 * What a drill does with an EventSource. No page can make the browser reconnect one, so the native stays connected: the
 * page sees it connecting for the reconnection time, gets nothing of what comes meanwhile, and sees it open again.
 */
export function createStreamGate(source: EventSource, terms: DrillTerms, tell: Tell): Gate {
  const delivery = createDelivery(source, terms, tell);
  let isOut = false;
  /** Tells a try that is due from one whose outage is over. */
  let tries = 0;

  function fail(): void {
    delivery.deliver(plainEvent('error'));
    // The page may have closed it in its handler.
    if (readyStateOf(source) === CLOSED) {
      isOut = false;
      return;
    }
    tries += 1;
    const mine = tries;
    later(() => {
      if (mine === tries) tryAgain();
    }, terms.reconnectionTime);
  }

  function tryAgain(): void {
    if (!isOut) return;
    if (readyStateOf(source) !== CLOSED && terms.isRefused()) {
      tell('refused');
      fail();
      return;
    }
    isOut = false;
    if (readyStateOf(source) === OPEN) delivery.deliver(plainEvent('open'));
  }

  return {
    get readyState() {
      return isOut && readyStateOf(source) !== CLOSED ? CONNECTING : undefined;
    },
    admits: (event) => {
      if (!isOut || !event.isTrusted) return delivery.take(event);
      delivery.stop(event);
      if (isMessage(event)) tell('withheld');
      return false;
    },
    drop: () => {
      if (isOut) return;
      delivery.discard();
      isOut = true;
      fail();
    },
    // As after an answer that wants no reconnect (HTML, “fail the connection”).
    close: () => {
      delivery.flush();
      isOut = false;
      apply(nativeClose, source, []);
      delivery.deliver(plainEvent('error'));
    },
    refuse: () => {
      isOut = true;
      later(fail, 0);
    },
    inject: (data, type) => {
      if (typeof data === 'string')
        delivery.deliver(messageEvent(type, { data, origin: terms.origin }));
    },
    release: () => {
      delivery.flush();
      tryAgain();
    },
  };
}
