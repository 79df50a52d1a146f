import type { DrillAction } from '../bridge/envelope.ts';
import { createRandom } from '../core/drill/random.ts';
import { apply, now } from './natives.ts';

/** What a drill asks for; looked at with each event. */
export interface DrillTerms {
  /** The connection that it began with. */
  readonly connection: number;
  /** How long the browser waits before it asks for an event stream again. */
  readonly reconnectionTime: number;
  /** What messages of ours tell as theirs. */
  readonly origin: string;
  /** How long what is received waits. */
  delay: number;
  /** How much of what is received is withheld, 0 to 1. */
  share: number;
  readonly random: () => number;
  refuse: (attempts: number, duration: number) => void;
  /** Whether the try that is made now is refused; each asking is a try. */
  isRefused: () => boolean;
  /** Whether what is made for this URL takes the place of the connection. */
  isPartOf: (transport: string, url: string) => boolean;
}

const { startsWith } = String.prototype;

export function createTerms(
  connection: number,
  action: Extract<DrillAction, { kind: 'begin' }>,
): DrillTerms {
  const { endpoint } = action;
  let refusals = 0;
  let refusesUntil = 0;

  return {
    ...action,
    connection,
    delay: 0,
    share: 0,
    random: createRandom(action.seed),
    refuse: (attempts, duration) => {
      refusals = attempts;
      refusesUntil = duration === 0 ? 0 : now() + duration;
    },
    isRefused: () => {
      if (now() < refusesUntil) return true;
      if (refusals === 0) return false;
      refusals -= 1;
      return true;
    },
    isPartOf: (of, url) => {
      if (action.transport !== of || !apply<boolean>(startsWith, url, [endpoint])) return false;
      const after = url[endpoint.length];
      return after === undefined || after === '?';
    },
  };
}
