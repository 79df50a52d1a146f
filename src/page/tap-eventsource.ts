import type { Drillable } from './drillable.ts';
import type { Drills } from './drills.ts';
import { captureInitiator } from './initiator.ts';
import { createListenerFollower } from './follow-listeners.ts';
import type { TapLimits } from './limits.ts';
import { recordMessage } from './message.ts';
import { apply, brandChecked, dataOf, getterOf, lastEventIdOf } from './natives.ts';
import { patchConstructor } from './patch-constructor.ts';
import { patchMethod } from './patches.ts';
import { seenMessage } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { createTracked } from './tracked.ts';
import { watchEvents } from './watch-events.ts';

/** Its `connection` is the present try; each reconnect of the browser is one of its own. */
interface StreamState extends Drillable {
  /** Event types that we listen to. A page hears only of types that it listens to, and so do we. */
  readonly types: Record<string, true>;
}

const CONNECTING = 0;
const CLOSED = 2;

/**
 * Observes every EventSource of the page (HTML, “Server-sent events”).
 * The browser reconnects by itself: each `error` event that leaves the object CONNECTING ends one
 * connection and begins the next one of the same channel.
 */
export function tapEventSource(recorder: Recorder, limits: TapLimits, drills: Drills): void {
  if (typeof EventSource !== 'function') return;
  const { prototype } = EventSource;
  const urlOf = getterOf<string>(prototype, 'url');
  const credentialsOf = getterOf<boolean>(prototype, 'withCredentials');
  const readyStateOf = getterOf<number>(prototype, 'readyState');
  const streams = createTracked<StreamState>();

  function begin(source: EventSource, state: StreamState, continues?: number): void {
    state.connection = recorder.nextConnection();
    recorder.tell('connection-created', state.connection, {
      transport: 'eventsource',
      url: urlOf(source),
      withCredentials: credentialsOf(source),
      ...(continues === undefined ? captureInitiator() : { continues }),
    });
  }

  function end(state: StreamState, endedBy: 'page' | 'unknown'): void {
    const { connection } = state;
    recorder.tell('connection-ended', connection, { endedBy });
  }

  function onError(source: EventSource, state: StreamState): void {
    const { connection } = state;
    recorder.tell('connection-errored', connection);
    end(state, 'unknown');
    const readyState = state.gate?.readyState ?? readyStateOf(source);
    if (readyState === CONNECTING) begin(source, state, connection);
    else drills.forget(state);
  }

  function see(source: EventSource, state: StreamState, type: string, event: Event): void {
    // A server may name its events `open` or `error`: only the native brand tells a message.
    const data = brandChecked(dataOf, event);
    if (data !== undefined) {
      const seen = seenMessage(state.connection, 'received', type, lastEventIdOf(event));
      recordMessage(recorder, limits, data, seen);
    } else if (type === 'open') {
      recorder.tell('connection-opened', state.connection);
    } else if (type === 'error') {
      onError(source, state);
    }
  }

  function listenTo(source: EventSource, state: StreamState, type: string): void {
    if (state.types[type] === true) return;
    state.types[type] = true;
    const hear = (event: Event): void => {
      see(event.target as EventSource, state, type, event);
    };
    watchEvents(recorder, source, type, hear, state);
  }

  function observe(source: EventSource): void {
    const state: StreamState = {
      connection: 0,
      transport: 'eventsource',
      target: source,
      gate: undefined,
      types: { __proto__: null } as never,
    };
    streams.add(source, state);
    begin(source, state);
    listenTo(source, state, 'open');
    listenTo(source, state, 'error');
    listenTo(source, state, 'message');
    drills.meet(state, urlOf(source));
  }

  const follow = createListenerFollower((target, type) => {
    const state = streams.find(target);
    if (state !== undefined) listenTo(target as EventSource, state, type);
  });

  patchConstructor('EventSource', (args, createNative) => {
    const source = createNative(args);
    recorder.attempt('EventSource', () => {
      follow();
      observe(source as EventSource);
    });
    return source;
  });

  patchMethod(prototype, 'close', (native, self, args) => {
    const state = streams.find(self);
    const isAlive = state !== undefined && readyStateOf(self as EventSource) !== CLOSED;
    const result = apply(native, self, args);
    if (isAlive) {
      recorder.attempt('close', () => {
        end(state, 'page');
        drills.forget(state);
      });
    }
    return result;
  });
}
