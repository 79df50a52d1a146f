import { apply } from './natives.ts';

/** What we know of the page's objects, without touching them or keeping them alive. */
export interface Tracked<State> {
  add: (object: object, state: State) => void;
  find: (object: unknown) => State | undefined;
}

const { get, set } = WeakMap.prototype;

export function createTracked<State>(): Tracked<State> {
  const states = new WeakMap<object, State>();
  return {
    add: (object, state) => {
      apply(set, states, [object, state]);
    },
    // A WeakMap has no entry for a primitive, and does not mind being asked.
    find: (object) => apply<State | undefined>(get, states, [object]),
  };
}
