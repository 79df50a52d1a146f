import type { ConstructorReplaced, OnlineChanged, VisibilityChanged } from './facts.ts';
import type { Frame } from './session.ts';

type DocumentFact = VisibilityChanged | OnlineChanged | ConstructorReplaced;

/** The facts that make a document what it is now, for a session that begins in its middle. */
export function frameFacts(known: Frame | undefined, frame: number): DocumentFact[] {
  const facts: DocumentFact[] = [];
  const [hidden, offline] = [known?.hidden.at(-1), known?.offline.at(-1)];
  if (hidden !== undefined && hidden.to === undefined) {
    facts.push({ kind: 'visibility-changed', frame, at: hidden.from, isHidden: true });
  }
  if (offline !== undefined && offline.to === undefined) {
    facts.push({ kind: 'online-changed', frame, at: offline.from, isOnline: false });
  }
  for (const name of known?.replaced ?? []) {
    facts.push({ kind: 'constructor-replaced', frame, at: 0, name });
  }
  return facts;
}
