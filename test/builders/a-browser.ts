import { createHub, type Hub } from '../../src/background/hub.ts';
import type { Hello, RecorderCommand, TapCommand } from '../../src/bridge/envelope.ts';
import type { TapLimits } from '../../src/page/limits.ts';
import { pack } from '../../src/page/pack.ts';
import { createRecorder } from '../../src/page/recorder.ts';
import { createHubWire } from '../../src/panel/state/hub-wire.ts';
import { aTab } from './a-tab.ts';
import { type FakePort, fakeWires } from './fake-ports.ts';

const TAB = 7;

/**
 * The extension without a browser: the real recorder, hub, hub wire and intake, and a relay that does what
 * the content script does. Nothing moves until it is delivered. Wants fake timers.
 */
export function aBrowser(limits: TapLimits) {
  const wires = fakeWires();
  const wakes: (() => void)[] = [];
  let hubPorts: FakePort[] = [];
  let afterwards: (() => void)[] = [];
  let hub = aHub();

  function aHub(): Hub {
    return createHub({
      wake: () => {
        for (const wake of wakes) wires.later(wake);
      },
      openerOf: () => Promise.resolve(undefined),
      setWatching: () => undefined,
      later: (run) => afterwards.push(run),
    });
  }

  function connect(join: (port: FakePort) => void): FakePort {
    const [mine, hubs] = wires.pair();
    hubPorts.push(hubs);
    join(hubs);
    return mine;
  }

  function aDocument(hello: Hello) {
    const [tap, relay] = wires.pair();
    let toHub: FakePort | undefined;
    let isWatched = false;
    const recorder = createRecorder(limits, (records, isLast) => {
      const batch = pack(records);
      if (isLast) toHub?.postMessage(structuredClone(batch));
      else tap.postMessage(batch);
    });
    tap.onMessage.addListener((command) => {
      recorder.obey(command as RecorderCommand);
    });
    relay.onMessage.addListener((batch) => {
      if (toHub?.isClosed === false) toHub.postMessage(batch);
    });

    function join(): void {
      if (toHub !== undefined) return;
      isWatched = true;
      const port = connect((hubs) => hub.addRelay(hubs, TAB));
      toHub = port;
      port.onMessage.addListener((message) => {
        relay.postMessage(message);
        if ((message as TapCommand).kind !== 'stop') return;
        isWatched = false;
        port.disconnect();
        toHub = undefined;
      });
      port.onDisconnect.addListener(() => {
        toHub = undefined;
        wires.later(() => {
          if (isWatched) join();
        });
      });
      port.postMessage(hello);
    }

    wakes.push(join);
    return recorder;
  }

  function aPanel() {
    const tab = aTab();
    const wire = createHubWire({
      connect: () => connect((hubs) => hub.addPanel(hubs)) as never,
      tab: TAB,
      hear: (envelope) => {
        if (envelope.kind === 'from-relay') tab.intake.hear(envelope.relay, envelope.envelope);
        else tab.intake.relayLeft(envelope.relay);
      },
      onLost: tab.intake.disconnected,
    });
    tab.onReply((relay, command) => {
      wire.send({ kind: 'to-relay', relay, envelope: command });
    });
    return {
      ...tab,
      open: wire.open,
      close: () => {
        wire.close();
        tab.intake.disconnected();
      },
    };
  }

  return {
    ...wires,
    aDocument,
    aPanel,
    /** What is on its way to the hub is lost. */
    killHub: () => {
      for (const port of hubPorts) port.disconnect();
      hubPorts = [];
      afterwards = [];
      hub = aHub();
    },
    /** The delays of the hub are over. */
    passTime: () => {
      const due = afterwards;
      afterwards = [];
      for (const run of due) run();
    },
  };
}
