import type { DrillAction, DrillCommand } from '../bridge/envelope.ts';
import type { DrillStepped } from '../core/drill/drill-facts.ts';
import { createTerms, type DrillTerms } from './drill-terms.ts';
import { type Drillable, putGate } from './drillable.ts';
import { apply } from './natives.ts';
import { patchReadyState } from './ready-state.ts';
import type { Recorder } from './recorder.ts';
import { createTracked } from './tracked.ts';

/** Active mode. While it is off it is a list of what is alive, and nothing else. */
export interface Drills {
  meet: (one: Drillable, url: string) => void;
  forget: (one: Drillable) => void;
  /** Whether this request is to fail; asking uses a refusal up. */
  refusesFetch: (url: string) => boolean;
  obey: (command: DrillCommand) => void;
  end: () => void;
}

const { add, delete: remove, forEach } = Set.prototype;

export function createDrills(recorder: Recorder): Drills {
  const alive = new Set<Drillable>();
  const drilled = createTracked<Drillable>();
  let drill: DrillTerms | undefined;
  /** The one that the channel lives in now. */
  let current: Drillable | undefined;
  let undo = (): void => undefined;

  function note(connection: number, step: DrillStepped['step'], more?: Partial<DrillStepped>) {
    recorder.tell('drill-step', connection, { step, ...more });
  }

  function join(one: Drillable, terms: DrillTerms): void {
    current = one;
    drilled.add(one.target, one);
    putGate(one, terms, note);
  }

  function begin(connection: number, action: DrillAction & { kind: 'begin' }): void {
    end();
    recorder.tell('drill-started', connection, { seed: action.seed });
    const terms = createTerms(connection, action);
    drill = terms;
    undo = patchReadyState(action.transport, (self) => drilled.find(self)?.gate?.readyState);
    const look = (one: Drillable): void => {
      if (one.connection === connection) join(one, terms);
    };
    apply(forEach, alive, [look]);
  }

  function end(): void {
    const over = drill;
    if (over === undefined) return;
    const released = current;
    drill = undefined;
    current = undefined;
    over.refuse(0, 0);
    over.delay = 0;
    over.share = 0;
    released?.gate?.release();
    undo();
    recorder.tell('drill-ended', over.connection);
  }

  function act({ connection, action }: DrillCommand): void {
    if (action.kind === 'begin') begin(connection, action);
    if (action.kind === 'end') end();
    if (drill === undefined || action.kind === 'begin' || action.kind === 'end') return;
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the message is a fact of its own
    const { kind, given, ...details } = { given: undefined, ...action };
    const gate = current?.gate;
    // Only refusals need no living object.
    if (gate === undefined && kind !== 'refuse') return;
    note(current?.connection ?? drill.connection, kind, details);
    switch (action.kind) {
      case 'refuse':
        drill.refuse(action.attempts, action.duration);
        return;
      case 'hold':
        drill.delay = action.duration;
        return;
      case 'lose':
        drill.share = action.share;
        return;
      case 'drop':
        gate?.drop();
        return;
      case 'close':
        gate?.close(action.closeCode, action.closeReason);
        return;
      case 'inject':
        gate?.inject(action.given.data, action.given.eventType);
        return;
      case 'send':
        if (current?.send !== undefined) apply(current.send, current.target, [action.given.data]);
        return;
    }
  }

  return {
    meet: (one, url) => {
      apply(add, alive, [one]);
      if (drill?.isPartOf(one.transport, url) !== true) return;
      join(one, drill);
      if (!drill.isRefused()) return;
      note(one.connection, 'refused');
      one.gate?.refuse();
    },
    forget: (one) => {
      apply(remove, alive, [one]);
      if (current === one) current = undefined;
    },
    refusesFetch: (url) => {
      if (drill?.isPartOf('fetch', url) !== true || !drill.isRefused()) return false;
      note(drill.connection, 'refused');
      return true;
    },
    obey: (command) => {
      recorder.attempt('drill', () => {
        act(command);
      });
    },
    end,
  };
}
