import type { Drillable } from './drillable.ts';
import type { Drills } from './drills.ts';
import { captureInitiator } from './initiator.ts';
import type { TapLimits } from './limits.ts';
import { recordMessage } from './message.ts';
import { apply, dataOf, getterOf, now } from './natives.ts';
import { patchSend } from './patch-send.ts';
import { patchConstructor } from './patch-constructor.ts';
import { patchMethod } from './patches.ts';
import { seenMessage } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { standInForList } from './stand-in.ts';
import { createTracked } from './tracked.ts';
import { watchEvents } from './watch-events.ts';
import { endedBy } from './websocket-facts.ts';

interface SocketState extends Drillable {
  isOpened: boolean;
  isClosedByPage: boolean;
  lookedAt: number;
  buffered: number;
}

const OPEN = 1;
/** Beyond twice so many bytes it is told how much waits to be sent, and again when that has doubled. */
const FEW_BUFFERED = 32 * 1024;
/** The least time between two looks. */
const PACE = 1000;

/**
 * Observes every WebSocket of the page (WHATWG WebSockets).
 * Our listeners are added first, at construction, so that no handler of the page can hide an event from us.
 */
export function tapWebSocket(recorder: Recorder, limits: TapLimits, drills: Drills): void {
  if (typeof WebSocket !== 'function') return;
  const { prototype } = WebSocket;
  const urlOf = getterOf<string>(prototype, 'url');
  const protocolOf = getterOf<string>(prototype, 'protocol');
  const extensionsOf = getterOf<string>(prototype, 'extensions');
  const bufferedAmountOf = getterOf<number>(prototype, 'bufferedAmount');
  const readyStateOf = getterOf<number>(prototype, 'readyState');
  const codeOf = getterOf<number>(CloseEvent.prototype, 'code');
  const reasonOf = getterOf<string>(CloseEvent.prototype, 'reason');
  const wasCleanOf = getterOf<boolean>(CloseEvent.prototype, 'wasClean');
  const sockets = createTracked<SocketState>();

  function observe(socket: WebSocket, requestedSubprotocols: string[] | undefined): void {
    const connection = recorder.nextConnection();
    const state: SocketState = {
      connection,
      transport: 'websocket',
      target: socket,
      gate: undefined,
      send,
      isOpened: false,
      isClosedByPage: false,
      lookedAt: 0,
      buffered: FEW_BUFFERED,
    };
    sockets.add(socket, state);
    recorder.tell('connection-created', connection, {
      transport: 'websocket',
      url: urlOf(socket),
      ...(requestedSubprotocols !== undefined && { requestedSubprotocols }),
      ...captureInitiator(),
    });

    const watch = (type: string, see: (event: Event) => void): void => {
      watchEvents(recorder, socket, type, see, state);
    };
    watch('open', (event) => {
      const opened = event.target as WebSocket;
      state.isOpened = true;
      recorder.tell('connection-opened', connection, {
        subprotocol: protocolOf(opened),
        extensions: extensionsOf(opened),
      });
    });
    watch('message', (event) => {
      const seen = seenMessage(connection, 'received');
      recordMessage(recorder, limits, dataOf(event), seen);
    });
    watch('error', () => {
      recorder.tell('connection-errored', connection);
    });
    watch('close', (event) => {
      const closeCode = codeOf(event);
      recorder.tell('connection-ended', connection, {
        endedBy: endedBy(state, closeCode),
        closeCode,
        closeReason: reasonOf(event),
        wasClean: wasCleanOf(event),
      });
      drills.forget(state);
    });
    drills.meet(state, urlOf(socket));
  }

  patchConstructor('WebSocket', (args, createNative) => {
    const list = args.length > 1 ? standInForList(args[1]) : undefined;
    const socket = createNative(list === undefined ? args : [args[0], list.given]);
    recorder.attempt('WebSocket', () => {
      const one = args.length > 1 && typeof args[1] === 'string' ? [args[1]] : undefined;
      observe(socket as WebSocket, list?.taken() ?? one);
    });
    return socket;
  });

  /** What is still there from earlier calls: asked before the native takes more. */
  function lookAtBuffer(socket: object): void {
    const state = sockets.find(socket);
    const at = now();
    if (state === undefined || at - state.lookedAt < PACE) return;
    state.lookedAt = at;
    const bufferedAmount = bufferedAmountOf(socket);
    if (bufferedAmount < 2 * state.buffered) return;
    state.buffered = bufferedAmount;
    recorder.attempt('bufferedAmount', () => {
      recorder.tell('send-buffer-grew', state.connection, { bufferedAmount });
    });
  }

  const isOpen = (socket: object): boolean => {
    lookAtBuffer(socket);
    return readyStateOf(socket) === OPEN;
  };
  patchSend(recorder, limits, prototype, sockets.find, isOpen);
  const { send } = prototype;

  patchMethod(prototype, 'close', (native, self, args) => {
    const state = sockets.find(self);
    const isAlive = state !== undefined && readyStateOf(self as WebSocket) <= OPEN;
    const result = apply(native, self, args);
    if (isAlive) {
      recorder.attempt('close', () => {
        state.isClosedByPage = true;
        recorder.tell('connection-closing', state.connection, {
          ...(typeof args[0] === 'number' && { closeCode: args[0] }),
          ...(typeof args[1] === 'string' && { closeReason: args[1] }),
        });
      });
    }
    return result;
  });
}
