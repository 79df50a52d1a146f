import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';

/** Whether the page that is inspected takes part in the session at all. */
export interface Reach {
  /** A page of the web is there, and none of our scripts answers in it. */
  readonly isMissing: boolean;
}

export interface ReachOptions {
  /** Of the inspected page, as DevTools tells it; `undefined` where there is no site, or none is to be watched. */
  origin: () => string | undefined;
  session: () => Session | undefined;
}

/** A page that is loading presents itself within this time, also on a busy machine. */
const PATIENCE: Milliseconds = 3_000;

/**
 * A page that was loaded before the extension, or to which the browser gives no access, is silent. A panel cannot
 * ask the browser which of them it is (in Firefox it has no `permissions`), but it can tell that nobody answers.
 */
export function createReach({ origin, session }: ReachOptions): Reach {
  let isMissing = $state(false);
  const isSilent = $derived.by(() => {
    const wanted = origin();
    return wanted !== undefined && !isPresent(session(), wanted);
  });

  $effect(() => {
    isMissing = false;
    if (!isSilent) return undefined;
    const timer = setTimeout(() => (isMissing = true), PATIENCE);
    return () => {
      clearTimeout(timer);
    };
  });

  return {
    get isMissing() {
      return isMissing;
    },
  };
}

function isPresent(session: Session | undefined, origin: string): boolean {
  for (const { kind, url, removedAt } of session?.frames.values() ?? []) {
    if (kind === 'top' && removedAt === undefined && URL.parse(url)?.origin === origin) return true;
  }
  return false;
}
