import { createSocketGate } from './drill-socket.ts';
import { createStreamGate } from './drill-stream.ts';
import type { DrillTerms } from './drill-terms.ts';
import type { Gate } from './gate.ts';

/** An object that a drill can lay hands on: its tap's state of it. */
export interface Drillable {
  connection: number;
  readonly transport: 'websocket' | 'eventsource';
  readonly target: EventTarget;
  gate: Gate | undefined;
  readonly send?: CallableFunction;
}

/** From now on the drill decides which events the page gets. */
export function putGate(
  one: Drillable,
  terms: DrillTerms,
  note: (connection: number, step: 'withheld' | 'refused') => void,
): Gate {
  const tell = (step: 'withheld' | 'refused'): void => {
    note(one.connection, step);
  };
  one.gate =
    one.transport === 'websocket'
      ? createSocketGate(one.target as WebSocket, terms, tell)
      : createStreamGate(one.target as EventSource, terms, tell);
  return one.gate;
}
