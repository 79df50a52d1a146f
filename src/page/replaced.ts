import { CONSTRUCTORS } from '../bridge/tap-record.ts';
import { now } from './natives.ts';
import { hasComeThrough, isReplaced } from './patch-constructor.ts';
import type { Recorder } from './recorder.ts';

/**
 * Looks whether the page has put its own in the place of a constructor, and tells it once. Nothing of the page's runs: what
 * stands there is compared and not touched.
 */
export function createReplacedLook(recorder: Recorder): () => void {
  const told = { __proto__: null } as unknown as Record<string, true>;
  return () => {
    for (let i = 0; i < CONSTRUCTORS.length; i += 1) {
      const name = CONSTRUCTORS[i]!;
      if (told[name] === true || hasComeThrough(name) || !isReplaced(name)) continue;
      told[name] = true;
      recorder.record({ kind: 'constructor-replaced', at: now(), name });
    }
  };
}
