import type { PageSettings } from '../entry.ts';

/** What the recorder tells a page's part through its variant. */
export function readSettings(variant: string): PageSettings & Required<Pick<PageSettings, 'mode'>> {
  return { mode: '', ...(JSON.parse(variant) as PageSettings) };
}
