import browser, { type Permissions } from 'webextension-polyfill';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';

/** Whether the page that is inspected takes part in the session at all. */
export interface Reach {
  /** A page of the web is there, and none of our scripts answers in it. */
  readonly isMissing: boolean;
  /** For the browser gives us no access to its site (Chromium, “site access”); the user can be asked. */
  readonly isWithheld: boolean;
  /** Has the browser ask the user for it, in a click. @returns whether it is given */
  ask: () => Promise<boolean>;
}

export interface ReachOptions {
  /** Of the inspected page, as DevTools tells it; `undefined` where there is no site, or none is to be watched. */
  origin: () => string | undefined;
  session: () => Session | undefined;
}

/** A page that is loading presents itself within this time, also on a busy machine. */
const PATIENCE: Milliseconds = 3_000;

/**
 * A page that was loaded before the extension, or to which the browser gives no access, is silent. Where a panel cannot
 * ask the browser which of them it is (in Firefox it has no `permissions`), it can tell that nobody answers.
 */
export function createReach({ origin, session }: ReachOptions): Reach {
  // Absent in panels of Firefox.
  const { permissions } = browser as { permissions?: Permissions.Static };
  let isMissing = $state(false);
  let isWithheld = $state(false);

  const sites = () => ({ origins: [siteOf(origin())] });

  async function look(): Promise<void> {
    isMissing = true;
    isWithheld = (await permissions?.contains(sites())) === false;
  }

  const isSilent = $derived.by(() => {
    const wanted = origin();
    return wanted !== undefined && !isPresent(session(), wanted);
  });

  $effect(() => {
    isMissing = false;
    isWithheld = false;
    if (!isSilent) return undefined;
    const timer = setTimeout(() => void look(), PATIENCE);
    return () => {
      clearTimeout(timer);
    };
  });

  return {
    get isMissing() {
      return isMissing;
    },
    get isWithheld() {
      return isMissing && isWithheld;
    },
    ask: async () => (await permissions?.request(sites())) === true,
  };
}

/** A match pattern; it knows no ports. */
const siteOf = (origin = ''): string => `${origin.replace(/:\d+$/u, '')}/*`;

function isPresent(session: Session | undefined, origin: string): boolean {
  for (const { kind, url, removedAt } of session?.frames.values() ?? []) {
    if (kind === 'top' && removedAt === undefined && URL.parse(url)?.origin === origin) return true;
  }
  return false;
}
