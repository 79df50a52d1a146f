import type { Headers, Source } from '../../core/facts.ts';
import type { TimingRow } from './timing-rows.ts';

/** One line: what it is, what it says, and how we know. */
export interface FactLine {
  name: string;
  text: string;
  how?: string;
}

/** Lines that belong together, and who told them. */
export interface FactSection {
  id: string;
  title: string;
  from?: Source;
  lines?: FactLine[];
  timings?: TimingRow[];
  headers?: Headers;
  /** It begins folded: what it says is told elsewhere, too. */
  isFolded?: boolean;
}

export const FROM: Record<Source, string> = {
  page: 'from the page',
  'network-log': 'from DevTools’ network log',
};
