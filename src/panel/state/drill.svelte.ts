import { isDrillAction } from '../../bridge/drill-guard.ts';
import type { DrillAction } from '../../bridge/envelope.ts';
import type { TapTransport } from '../../bridge/tap-record.ts';
import type { Channel } from '../../core/channel.ts';
import type { Drill } from '../../core/drill/drill-log.ts';
import { endpointOf } from '../../core/endpoint.ts';
import type { Transport } from '../../core/facts.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { Recording } from './recording.svelte.ts';

/** Active mode as the panel drives it. What is on, the facts of the session tell. */
export interface DrillControl {
  /** The drill that is on, on whichever channel. */
  readonly active: Drill | undefined;
  begin: (channel: Channel, seed: number) => void;
  /** @returns whether this can be done */
  act: (action: DrillAction) => boolean;
  end: () => void;
}

/** What the page's side can lay hands on, under the name that it has there. */
const DRILLED: Partial<Record<Transport, TapTransport>> = {
  websocket: 'websocket',
  eventsource: 'eventsource',
  'fetch-stream': 'fetch',
};

export const canBeDrilled = (transport: Transport): boolean => DRILLED[transport] !== undefined;

/** Where the server set none (HTML, “a few seconds”): what Chromium and Firefox wait. */
const usualReconnectionTime = (browser: string | undefined): Milliseconds =>
  browser?.startsWith('Firefox') === true ? 5_000 : 3_000;

/** Scheme, host and port. */
const originOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*/iu.exec(url)?.[0] ?? '';

export function createDrillControl(recording: Recording): DrillControl {
  const active = $derived.by(() => {
    void recording.revision;
    const last = recording.session?.drills.at(-1);
    return last === undefined || last.endedAt !== undefined || !recording.isOn ? undefined : last;
  });

  /** The newest connection of the channel that is drilled. */
  function target(): number | undefined {
    const { session } = recording;
    const began = active === undefined ? undefined : session?.connections.get(active.connection);
    if (session === undefined || began === undefined) return undefined;
    return session.channelOf(began).connections.at(-1)?.id;
  }

  function act(action: DrillAction): boolean {
    const connection = target();
    if (connection === undefined || !isDrillAction(action)) return false;
    return recording.drill(connection, action);
  }

  return {
    get active() {
      return active;
    },
    begin: ({ connections, transport: of }, seed) => {
      const last = connections.at(-1);
      const transport = DRILLED[of];
      if (last === undefined || transport === undefined) return;
      const told = connections.findLast((each) => each.reconnectionTime !== undefined);
      recording.drill(last.id, {
        kind: 'begin',
        seed,
        transport,
        endpoint: endpointOf(last.url),
        origin: originOf(last.url),
        reconnectionTime:
          told?.reconnectionTime ?? usualReconnectionTime(recording.session?.header.browser),
      });
    },
    act,
    end: () => {
      act({ kind: 'end' });
    },
  };
}
