import { endpointOf } from '../endpoint.ts';
import { answeredType, type HeldRequest } from './held-request.ts';

/** Endpoints are few; an application that makes up addresses must not fill the memory. */
const MOST_REMEMBERED = 1_000;

/** Where requests have turned out to be streams, so that a try that fails is told as one. */
export interface StreamedBefore {
  remember: (held: HeldRequest) => void;
  /** A stream of the same type, or a try at one that got no answer, or an error, or 204. */
  isAnotherTry: (held: HeldRequest) => boolean;
}

export function createStreamedBefore(): StreamedBefore {
  const types = new Map<string, Set<string>>();
  const keyOf = ({ created: { method = 'GET', url } }: HeldRequest) =>
    `${method} ${endpointOf(url)}`;
  return {
    remember: (held) => {
      const type = answeredType(held);
      const key = keyOf(held);
      const known = types.get(key);
      // JSON may come in pieces because the network is slow; the next answer is judged by itself.
      if (type === 'application/json') return;
      if (known !== undefined) known.add(type);
      else if (types.size < MOST_REMEMBERED) types.set(key, new Set([type]));
    },
    isAnotherTry: (held) => {
      const known = types.get(keyOf(held));
      if (known === undefined) return false;
      if (held.opened === undefined) return held.endedAt !== undefined;
      const { status = 200 } = held.opened;
      // HTML: 204 tells an event stream's client to stop.
      return status >= 400 || status === 204 || known.has(answeredType(held));
    },
  };
}
