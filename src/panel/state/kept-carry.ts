import browser from 'webextension-polyfill';
import { type CarryFields, NO_FIELDS, readKeptFields } from './carry-fields.ts';

const PREFIX = 'whatIf ';

/** What the user set for a site, as it was left. */
export async function keptCarry(site: string): Promise<CarryFields> {
  const key = PREFIX + site;
  return readKeptFields((await browser.storage.local.get(key))[key]);
}

export async function keepCarry(site: string, fields: CarryFields): Promise<void> {
  const key = PREFIX + site;
  const isUsual = Object.values(fields).every((value) => value === '');
  await (isUsual
    ? browser.storage.local.remove(key)
    : browser.storage.local.set({ [key]: { ...NO_FIELDS, ...fields } }));
}
