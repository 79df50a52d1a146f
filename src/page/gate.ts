import type { DrillTerms } from './drill-terms.ts';
import {
  apply,
  brandChecked,
  dataOf,
  dispatch,
  getterOf,
  lastEventIdOf,
  later,
} from './natives.ts';

/** What a drill does with the events of one object; absent from all others. */
export interface Gate {
  /** Whether our listener takes the event in; what the page must not get goes no further. */
  admits: (event: Event) => boolean;
  /** What the page reads in place of the native's ready state. */
  readonly readyState: number | undefined;
  drop: () => void;
  close: (code: number, reason: string) => void;
  /** It was just made, and gets no connection. */
  refuse: () => void;
  inject: (data: string | Uint8Array<ArrayBuffer>, type: string) => void;
  /** The drill is over: what waits is handed out, and nothing is kept back any more. */
  release: () => void;
}

/** What comes of a drill by itself. */
export type Tell = (step: 'withheld' | 'refused') => void;

interface Waiting {
  readonly event: Event;
  isOut: boolean;
  next: Waiting | undefined;
}

/** Hands events of ours to the page, and keeps native ones back. */
export interface Delivery {
  take: (event: Event) => boolean;
  deliver: (event: Event) => void;
  stop: (event: Event) => void;
  flush: () => void;
  /** What waits nobody will get. */
  discard: () => void;
}

const { stopImmediatePropagation } = Event.prototype;
const { MessageEvent: NativeMessageEvent, Event: NativeEvent } = globalThis;
const NativeCloseEvent = globalThis.CloseEvent;
const originOf = getterOf<string>(MessageEvent.prototype, 'origin');

const typeOf = getterOf<string>(Event.prototype, 'type');

export const plainEvent = (type: string): Event => new NativeEvent(type);

export const closeEvent = (code: number, reason: string, wasClean: boolean): Event =>
  new NativeCloseEvent('close', { code, reason, wasClean });

export const messageEvent = (type: string, init: MessageEventInit): Event =>
  new NativeMessageEvent(type, init);

export const isMessage = (event: Event): boolean => brandChecked(dataOf, event) !== undefined;

/** An event that was dispatched once is dispatched again as a copy; it is not trusted. */
const copyOf = (event: Event): Event =>
  messageEvent(typeOf(event), {
    data: dataOf(event),
    origin: originOf(event),
    lastEventId: lastEventIdOf(event),
  });

export function createDelivery(target: EventTarget, terms: DrillTerms, tell: Tell): Delivery {
  let delivering: Event | undefined;
  let first: Waiting | undefined;
  let last: Waiting | undefined;

  function stop(event: Event): void {
    apply(stopImmediatePropagation, event, []);
  }

  function deliver(event: Event): void {
    const outer = delivering;
    delivering = event;
    dispatch(target, event);
    delivering = outer;
  }

  /** In their order, up to one of them. */
  function handOut(through: Waiting | undefined, give: (event: Event) => void): void {
    while (first !== undefined && through?.isOut === false) {
      const node = first;
      first = node.next;
      node.isOut = true;
      give(node.event);
    }
  }

  function hold(event: Event): void {
    const node: Waiting = { event, isOut: false, next: undefined };
    if (first === undefined || last === undefined) first = node;
    else last.next = node;
    last = node;
    later(() => {
      handOut(node, deliver);
    }, terms.delay);
  }

  const flush = (): void => {
    handOut(last, deliver);
  };

  return {
    deliver,
    stop,
    take: (event) => {
      if (event === delivering) return true;
      if (!event.isTrusted) return false;
      if (!isMessage(event)) {
        // An end is told when it happens, and what came before it is told before it.
        flush();
        return true;
      }
      const isLost = terms.share > 0 && terms.random() < terms.share;
      if (!isLost && terms.delay === 0 && first === undefined) return true;
      stop(event);
      if (isLost) tell('withheld');
      else hold(copyOf(event));
      return false;
    },
    flush,
    discard: () => {
      handOut(last, () => {
        tell('withheld');
      });
    },
  };
}
