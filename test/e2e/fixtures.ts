import { test as base } from '@playwright/test';
import type { Page } from 'playwright';
import type { BuildTarget } from '../../src/build/manifest-for.ts';
import { extensionFolder } from '../../src/build/paths.ts';
import { type DevTools, openDevTools } from '../../src/lab/browser/devtools.ts';
import { exportTrace } from '../../src/lab/browser/export-trace.ts';
import { type LabBrowser, launchBrowser } from '../../src/lab/browser/launch.ts';
import { createLab, type Lab } from '../../src/lab/server.ts';
import type { Session } from '../../src/core/session.ts';
import { importTrace } from '../../src/trace/importers.ts';

interface Fixtures {
  /** Which build of the extension the browser gets. */
  target: BuildTarget;
  lab: Lab;
  /** A fresh browser with the extension; Playwright's own `browser` would outlive the test. */
  labBrowser: LabBrowser;
  /** An empty page in it. */
  page: Page;
  /** Opens DevTools with the panel for a page; what the panel throws fails the test. */
  openPanel: (page: Page) => Promise<DevTools>;
}

export const test = base.extend<Fixtures>({
  target: ['chromium', { option: true }],
  lab: async ({}, use) => {
    const lab = await createLab();
    await use(lab);
    await lab.close();
  },
  labBrowser: async ({ target, lab }, use) => {
    const browser = await launchBrowser({
      executablePath: process.env['WIRESCOPE_BROWSER'] ?? '',
      extension: extensionFolder(target),
      headless: true,
      trusts: lab.spkiHash,
    });
    await use(browser);
    await browser.close();
  },
  page: async ({ labBrowser: browser }, use) => {
    const [page] = browser.context.pages();
    await use(page ?? (await browser.context.newPage()));
  },
  openPanel: async ({ labBrowser: browser }, use) => {
    const thrown: string[] = [];
    await use(async (page) => {
      const devtools = await openDevTools(browser, page);
      devtools.panel.cdp.on('Runtime.exceptionThrown', (params) => {
        thrown.push(JSON.stringify(params));
      });
      return devtools;
    });
    base.expect(thrown, 'exceptions in the panel').toEqual([]);
  },
});

export { expect } from '@playwright/test';

/** The session that the panel holds, through its own export and our own import. */
export async function sessionIn(devtools: DevTools): Promise<Session> {
  return importText(await exportTrace(devtools, 'jsonl'));
}

export async function importText(text: Buffer): Promise<Session> {
  async function* chunks() {
    yield await Promise.resolve(text);
  }
  const { session, warnings } = await importTrace(chunks());
  base.expect(warnings).toEqual([]);
  return session;
}

/** A page of the lab subscribes on each `/ws/feed` and hears that it is: two messages beside the feed's. */
export const SUBSCRIPTION = 2;

/** Waits until the panel has counted this many messages. */
export async function untilMessages(devtools: DevTools, count: number): Promise<void> {
  await devtools.panel.until(
    `Number.parseInt((document.querySelector('[data-count="messages"]')?.textContent ?? '0').replaceAll(',', ''), 10) >= ${count}`,
    60_000,
  );
}
