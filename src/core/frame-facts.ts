import type { OnlineChanged, VisibilityChanged } from './facts.ts';
import type { Frame } from './session.ts';

/** The facts that make a document what it is now, for a session that begins in its middle. */
export function frameFacts(
  known: Frame | undefined,
  frame: number,
): (VisibilityChanged | OnlineChanged)[] {
  const facts: (VisibilityChanged | OnlineChanged)[] = [];
  const [hidden, offline] = [known?.hidden.at(-1), known?.offline.at(-1)];
  if (hidden !== undefined && hidden.to === undefined) {
    facts.push({ kind: 'visibility-changed', frame, at: hidden.from, isHidden: true });
  }
  if (offline !== undefined && offline.to === undefined) {
    facts.push({ kind: 'online-changed', frame, at: offline.from, isOnline: false });
  }
  return facts;
}
