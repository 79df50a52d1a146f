import browser from 'webextension-polyfill';
import { formatCount, formatCountOf, formatSpan } from '../../core/format.ts';
import { computeNotSeen, type NotSeen } from '../../core/not-seen.ts';
import { TOO_MANY } from '../state/network-log.ts';
import type { PanelState } from '../state/panel.svelte.ts';

/** One thing that this panel does not show of the page: a sentence or two, and what mends it with a click. */
export interface Notice {
  text: string;
  action?: { label: string; run: () => void };
}

/** Clocks of two processes differ by less. */
const CLOCK_SLACK = 1_000;

export const reloadPage = (): void => {
  browser.devtools.inspectedWindow.reload();
};
/** The page is watched from its beginning, once the user has said yes to the browser. */
export async function allowSite(reach: PanelState['reach']): Promise<void> {
  if (await reach.ask()) reloadPage();
}
const RELOAD = { label: 'Reload page', run: reloadPage };

/** What this panel does not show, why, and what mends it. */
export function listNotices(panel: PanelState): Notice[] {
  const { session, opened } = panel;
  const gaps = session === undefined ? [] : computeNotSeen(session);
  if (opened !== undefined) {
    return [...gaps.map(oldNotice), ...opened.warnings.map((text) => ({ text }))];
  }
  return [
    ...reachNotices(panel),
    ...gaps.map(liveNotice),
    ...watchNotices(panel),
    ...workerNotices(panel.recording),
  ];
}

function* reachNotices({ recording, reach, site }: PanelState): Generator<Notice> {
  const { otherProtocol } = recording;
  if (otherProtocol !== undefined) {
    yield {
      text: `This page was loaded by another version of Wirescope (it speaks protocol ${otherProtocol}).`,
      action: RELOAD,
    };
  } else if (reach.isWithheld) {
    yield {
      text: `Anything of ${site.origin ?? 'this page'}: the browser gives Wirescope no access to it.`,
      action: { label: 'Allow on this site', run: () => void allowSite(reach) },
    };
  } else if (reach.isMissing) {
    yield {
      text: `${site.origin ?? 'This page'} does not answer Wirescope: it did not load, was loaded before Wirescope, or the browser gives Wirescope no access to it (see its menu of extensions).`,
      action: RELOAD,
    };
  }
}

function* watchNotices({ recording, session }: PanelState): Generator<Notice> {
  if (session === undefined) return;
  const { sent, received } = session.tally;
  if (recording.isOn && sent.messages + received.messages > TOO_MANY) {
    yield {
      text: `Events that no code of the page listens to, and messages in workers, while their connection is open: with more than ${formatCount(TOO_MANY)} messages, reading DevTools’ network log would hold DevTools up.`,
      action: {
        label: 'Clear the session',
        run: () => {
          recording.clear();
        },
      },
    };
  }
  const ahead = session.lastAt - recording.now();
  if (recording.isOn && ahead > CLOCK_SLACK) {
    yield {
      text: `Which times are the panel’s “now”: the page’s clock is ${formatSpan(ahead)} ahead of the panel’s. Times within the page are right. Close DevTools and open it again.`,
    };
  }
  if (recording.rejected > 0) {
    yield {
      text: `${formatCountOf(recording.rejected, 'record')} from the page made no sense and were left out.`,
    };
  }
}

function* workerNotices({ workers, serviceWorkers }: PanelState['recording']): Generator<Notice> {
  if (workers.isOn) {
    const scripts = workers.scripts.length === 0 ? 'none yet' : workers.scripts.join(', ');
    yield {
      text: `Where connections go that shared and service workers opened before they were watched (${scripts}): those stand under “unknown.invalid”, with their messages from then on.`,
      action: { label: 'Stop watching workers', run: workers.turnOff },
    };
  } else if (workers.isPossible) {
    yield {
      text: 'What shared and service workers of this site send and receive themselves: only a debugger sees that. While it watches, the browser says in a bar above its pages that Wirescope “started debugging this browser”; closing that bar ends it.',
      action: { label: 'Watch workers', run: workers.turnOn },
    };
  } else if (serviceWorkers.length > 0) {
    yield {
      text: `What service workers of this site send and receive themselves (${serviceWorkers.join(', ')}): neither the page nor DevTools’ network log of it sees that. The build “Wirescope with workers” does in Chromium, or their own DevTools: chrome://inspect, in Firefox about:debugging.`,
    };
  }
}

function liveNotice({ action, inspected, mend, ...gap }: NotSeen): Notice {
  if (action === 'reload') return { text: told(gap), action: RELOAD };
  if (action === undefined || inspected === undefined) return { text: `${told(gap)} ${mend}` };
  const { expression, frame } = inspected;
  const run = (): void => {
    const options = frame === undefined ? {} : { frameURL: frame };
    // `inspect` is DevTools' own: it opens the source of a function.
    void browser.devtools.inspectedWindow.eval(`inspect(${expression})`, options);
  };
  return { text: told(gap), action: { label: `Show the page’s ${expression}`, run } };
}

/** Nothing can be mended any more. */
function oldNotice(gap: NotSeen): Notice {
  return { text: told(gap) };
}

function told({ what, why }: Pick<NotSeen, 'what' | 'why'>): string {
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${why}.`;
}
