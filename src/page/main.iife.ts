import { HANDSHAKE_EVENT, type TapCommand } from '../bridge/envelope.ts';
import { createDrills } from './drills.ts';
import { createStreamFollower } from './follow-streams.ts';
import { changeLimits, DEFAULT_LIMITS } from './limits.ts';
import { dataOf, dispatch, listen, now, post } from './natives.ts';
import { pack } from './pack.ts';
import { patchToString } from './patch-to-string.ts';
import { setPatched } from './patches.ts';
import { createRecorder } from './recorder.ts';
import { createReplacedLook } from './replaced.ts';
import { tapDataChannel } from './tap-datachannel.ts';
import { tapEventSource } from './tap-eventsource.ts';
import { tapFetch } from './tap-fetch.ts';
import { tapWebSocket } from './tap-websocket.ts';
import { tapWebTransport } from './tap-webtransport.ts';
import { tapXhr } from './tap-xhr.ts';
import { watchDocument } from './watch-document.ts';

/**
 * The page's side: runs in the MAIN world at `document_start`, before page code.
 *
 * The relay of this document listens for one handshake event and accepts it with `preventDefault()`.
 * Nobody accepts when this document already has its taps (a window that outlived its first, empty
 * document) or when the extension is gone; then nothing is touched.
 */
function install(): void {
  const { MessageEvent: NativeMessageEvent } = globalThis;
  const { port1: port, port2: relayPort } = new MessageChannel();
  const drainEvent = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const isRefused = dispatch(
    window,
    new NativeMessageEvent(HANDSHAKE_EVENT, {
      cancelable: true,
      data: drainEvent,
      ports: [relayPort],
    }),
  );
  if (isRefused) return;

  // A port delivers in a later task, and a document that goes away has none: its last records cross in a
  // synchronous event instead.
  const limits = { ...DEFAULT_LIMITS };
  const recorder = createRecorder(limits, (records, isLast) => {
    const data = pack(records);
    if (isLast) dispatch(window, new NativeMessageEvent(drainEvent, { data }));
    else post(port, data);
    // A record that this makes follows in a batch of its own.
    look();
  });
  const look = createReplacedLook(recorder);
  const drills = createDrills(recorder);
  listen(port, 'message', (event) => {
    const command = dataOf(event) as TapCommand;
    if (command.kind === 'limit') {
      changeLimits(limits, command.limits);
      return;
    }
    if (command.kind === 'drill') {
      drills.obey(command);
      return;
    }
    if (command.kind === 'start') look();
    // Nobody would know how to end it; a site that is turned off is stopped first.
    if (command.kind === 'stop') drills.end();
    if (command.kind === 'off' || command.kind === 'on') setPatched(command.kind === 'on');
    recorder.obey(command);
  });
  port.start();

  listen(window, 'pagehide', (event) => {
    if (!event.isTrusted) return;
    recorder.record({ kind: 'page-left', at: now() });
    recorder.leave();
  });
  listen(window, 'pageshow', () => {
    recorder.stay();
  });

  watchDocument(recorder);
  patchToString();
  tapWebSocket(recorder, limits, drills);
  tapEventSource(recorder, limits, drills);
  const streams = createStreamFollower(recorder);
  tapFetch(recorder, limits, streams, drills);
  tapXhr(recorder, limits);
  // Browsers have had these with some of their interfaces missing.
  recorder.attempt('RTCDataChannel', () => {
    tapDataChannel(recorder, limits);
  });
  recorder.attempt('WebTransport', () => {
    tapWebTransport(recorder, limits, streams);
  });
}

install();
