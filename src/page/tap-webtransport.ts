import type { StreamFollower } from './follow-streams.ts';
import { captureInitiator } from './initiator.ts';
import type { TapLimits } from './limits.ts';
import { apply, getterOf } from './natives.ts';
import { looked, observed } from './observed.ts';
import { isChromium } from './own-frames.ts';
import { patchConstructor } from './patch-constructor.ts';
import { patchMethod } from './patches.ts';
import type { Recorder } from './recorder.ts';
import { dataOf, urlOf } from './request-parts.ts';
import { standInForText } from './stand-in.ts';
import { createTracked } from './tracked.ts';
import { createTransportStreams } from './transport-streams.ts';

interface TransportState {
  readonly connection: number;
  isOpened: boolean;
  isClosedByPage: boolean;
  isOver: boolean;
}

/** Observes every WebTransport of the page (WebTransport standard). */
export function tapWebTransport(
  recorder: Recorder,
  limits: TapLimits,
  streams: StreamFollower,
): void {
  if (typeof WebTransport !== 'function') return;
  const { prototype } = WebTransport;
  const readyOf = getterOf<Promise<unknown>>(prototype, 'ready');
  const closedOf = getterOf<Promise<unknown>>(prototype, 'closed');
  const followStreams = createTransportStreams(recorder, limits, streams);
  const transports = createTracked<TransportState>();
  /** What the page gets in place of each native promise. */
  const pagePromises = createTracked<Promise<unknown>>();
  let isInPlace = false;

  function end(state: TransportState, info: unknown): void {
    const { connection, isClosedByPage, isOpened } = state;
    const wasClean = info !== undefined;
    state.isOver = true;
    if (!wasClean) recorder.tell('connection-errored', connection);
    recorder.tell('connection-ended', connection, {
      endedBy: isClosedByPage ? 'page' : wasClean ? 'server' : isOpened ? 'network' : 'unknown',
      ...closeInfo(info),
      wasClean,
    });
  }

  function observe(transport: WebTransport, url: string): void {
    const connection = recorder.nextConnection();
    const state: TransportState = {
      connection,
      isOpened: false,
      isClosedByPage: false,
      isOver: false,
    };
    transports.add(transport, state);
    recorder.tell('connection-created', connection, {
      transport: 'webtransport',
      url,
      ...captureInitiator(),
    });
    const attempt = (act: () => void) => () => {
      recorder.attempt('WebTransport', act);
    };
    const opened = attempt(() => {
      state.isOpened = true;
      recorder.tell('connection-opened', connection);
    });
    const ready = readyOf(transport);
    const closed = closedOf(transport);
    looked(ready, opened, () => undefined);
    looked(
      closed,
      (info) => {
        recorder.attempt('closed', () => {
          end(state, info);
        });
      },
      attempt(() => {
        end(state, undefined);
      }),
    );
    // A promise that the page never asks for rejects unheard in Chromium, and aloud elsewhere.
    if (!isChromium) {
      void standInFor(ready);
      void standInFor(closed);
    }
    followStreams(transport, connection);
  }

  /** The page hears of promises that we have looked at through others. */
  function standInFor(promise: Promise<unknown>): Promise<unknown> {
    const own = pagePromises.find(promise) ?? observed(promise);
    pagePromises.add(promise, own);
    return own;
  }

  function watchPromise(name: string): void {
    patchMethod(prototype, name, (native, self, args) => standInFor(apply(native, self, args)));
  }

  function putInPlace(): void {
    watchPromise('ready');
    watchPromise('closed');
    patchMethod(prototype, 'close', (native, self, args) => {
      const state = transports.find(self);
      const result = apply(native, self, args);
      if (state !== undefined && !state.isOver && !state.isClosedByPage) {
        recorder.attempt('close', () => {
          const { connection } = state;
          const info = closeInfo(args[0]);
          state.isClosedByPage = true;
          recorder.tell('connection-closing', connection, { ...info });
        });
      }
      return result;
    });
  }

  patchConstructor('WebTransport', (args, createNative) => {
    const standIn = standInForText(args[0]);
    const transport = createNative(
      standIn === undefined ? args : args.length > 1 ? [standIn.given, args[1]] : [standIn.given],
    );
    recorder.attempt('WebTransport', () => {
      if (!isInPlace) putInPlace();
      isInPlace = true;
      const given = standIn === undefined ? args[0] : standIn.taken();
      observe(transport as WebTransport, urlOf(given) ?? '');
    });
    return transport;
  });
}

/** Of what `close()` takes and `closed` gives (WebTransport, “WebTransportCloseInfo”). */
function closeInfo(info: unknown): { closeCode?: number; closeReason?: string } {
  const code = dataOf(info, 'closeCode');
  const reason = dataOf(info, 'reason');
  return {
    ...(typeof code === 'number' && { closeCode: code }),
    ...(typeof reason === 'string' && { closeReason: reason }),
  };
}
