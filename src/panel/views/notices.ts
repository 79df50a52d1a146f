import { computeNotSeen } from '../../core/not-seen.ts';
import type { PanelState } from '../state/panel.svelte.ts';
import { formatCountOf } from '../../core/format.ts';

/** What this panel does not show of the page, why, and what mends it; a sentence each. */
export function listNotices(panel: PanelState): string[] {
  const { session, opened, recording } = panel;
  const notices = session === undefined ? [] : computeNotSeen(session).map(sentence);
  if (opened !== undefined) return [...notices, ...opened.warnings];
  if (recording.otherProtocol !== undefined) {
    notices.push(
      `This page was loaded by another version of Wirescope (it speaks protocol ${recording.otherProtocol}). Reload the page.`,
    );
  }
  if (recording.rejected > 0) {
    notices.push(
      `${formatCountOf(recording.rejected, 'record')} from the page made no sense and were left out.`,
    );
  }
  return notices;
}

function sentence({ what, why, mend }: { what: string; why: string; mend: string }): string {
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${why}. ${mend}`;
}
