import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';
import type { Stage } from './protocol-entry.ts';

/** A page of the host in a real browser, for clients that run nowhere else. */
export async function openBrowserPage(host: string, atEnd: Stage['atEnd']): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: await findBrowser(console.warn),
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
  atEnd(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`http://${host}/`);
  return page;
}
