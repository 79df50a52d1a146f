/** What the details of a channel show. */
export const DETAIL_TABS = [
  'Messages',
  'Answers',
  'Kinds',
  'Pairs',
  'Reconnects',
  'Advice',
  'Connection',
  'Numbers',
  'Drill',
] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];
/** Tabs that show findings, and tabs that show what was decoded. */
export const ADVICE_TABS: readonly DetailTab[] = ['Advice', 'Reconnects'];
export const READING_TABS: readonly DetailTab[] = ['Answers', 'Kinds', 'Pairs'];
