import type { DrillTerms } from './drill-terms.ts';
import {
  closeEvent,
  createDelivery,
  type Gate,
  type Tell,
  messageEvent,
  plainEvent,
} from './gate.ts';
import { apply, getterOf } from './natives.ts';

/** Before ours took its place. */
const { prototype } = WebSocket;
const { close: nativeClose } = prototype;
const binaryTypeOf = getterOf<string>(prototype, 'binaryType');
const NativeBlob = Blob;
const CONNECTING = 0;
const CLOSED = 3;
/** No Close frame was received (RFC 6455 section 7.1.5). */
const ABNORMAL_CLOSURE = 1006;

/**
 * What a drill does with a WebSocket. An end of ours is dispatched while the native closes underneath, whose own events
 * then go no further; the page reads the ready state of the end that it saw.
 */
export function createSocketGate(socket: WebSocket, terms: DrillTerms, tell: Tell): Gate {
  const delivery = createDelivery(socket, terms, tell);
  let isOver = false;
  let readyState: number | undefined;

  function end(close: Event, isError: boolean): void {
    isOver = true;
    readyState = CLOSED;
    apply(nativeClose, socket, []);
    if (isError) delivery.deliver(plainEvent('error'));
    delivery.deliver(close);
  }

  return {
    get readyState() {
      return readyState;
    },
    admits: (event) => {
      if (isOver && event.isTrusted) {
        delivery.stop(event);
        return false;
      }
      if (readyState === CONNECTING) readyState = CLOSED;
      return delivery.take(event);
    },
    drop: () => {
      delivery.discard();
      end(closeEvent(ABNORMAL_CLOSURE, '', false), true);
    },
    close: (code, reason) => {
      delivery.flush();
      end(closeEvent(code, reason, true), false);
    },
    // The native fires `error` and 1006 itself, as it does where nobody listens (WHATWG WebSockets, `close()`).
    refuse: () => {
      readyState = CONNECTING;
      apply(nativeClose, socket, []);
    },
    inject: (data, type) => {
      const isBytes = typeof data !== 'string';
      const held = isBytes && binaryTypeOf(socket) === 'blob' ? new NativeBlob([data]) : undefined;
      const given = held ?? (isBytes ? data.buffer : data);
      delivery.deliver(messageEvent(type, { data: given, origin: terms.origin }));
    },
    release: delivery.flush,
  };
}
