import { test as base } from '@playwright/test';
import type { Page } from 'playwright';
import { type DevTools, openDevTools } from '../../src/lab/browser/devtools.ts';
import { type LabBrowser, launchBrowser } from '../../src/lab/browser/launch.ts';
import type { Entry } from './stage/stage.ts';

/** How a library is watched: by nobody, by an extension without a panel, by the panel. */
export const WATCHES = ['bare', 'asleep', 'watched'] as const;
export type Watch = (typeof WATCHES)[number];

/** What a page has shown of a run: the library's transcript, and what the browser complained about. */
export interface Performance {
  transcript: Entry[];
  complaints: string[];
}

/** The page of one browser, used again for each scenario. */
export interface Subject {
  readonly devtools: DevTools | undefined;
  perform: (
    origin: string,
    variant: string,
    command: (name: string) => void,
  ) => Promise<Performance>;
}

declare global {
  // The bundle of a scenario puts it into the page.
  function performScenario(variant: string): Promise<Entry[]>;
}

export const test = base.extend<object, { subjects: Record<Watch, Subject> }>({
  subjects: [
    async ({}, use) => {
      const executablePath = process.env['WIRESCOPE_BROWSER'] ?? '';
      const extension = new URL('../../dist/chromium', import.meta.url).pathname;
      const browsers: LabBrowser[] = [];
      const launch = async (options: { extension?: string }) => {
        const browser = await launchBrowser({ executablePath, headless: true, ...options });
        browsers.push(browser);
        return browser;
      };
      try {
        const bare = await launch({});
        // A panel anywhere in a browser wakes the extension in all of its tabs: asleep is another browser.
        const asleep = await launch({ extension });
        const watching = await launch({ extension });
        const watched = await firstPage(watching);
        const devtools = await openDevTools(watching, watched);
        await use({
          bare: await createSubject(await firstPage(bare), undefined),
          asleep: await createSubject(await firstPage(asleep), undefined),
          watched: await createSubject(watched, devtools),
        });
      } finally {
        for (const browser of browsers) await browser.close();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function firstPage({ context }: LabBrowser): Promise<Page> {
  const [page] = context.pages();
  return page ?? (await context.newPage());
}

async function createSubject(page: Page, devtools: DevTools | undefined): Promise<Subject> {
  let hear: (name: string) => void = () => undefined;
  let complaints: string[] = [];
  await page.exposeFunction('tellServer', (name: string) => {
    hear(name);
  });
  page.on('pageerror', ({ name, message }) => complaints.push(`${name}: ${message}`));
  page.on('console', (said) => complaints.push(`${said.type()}: ${said.text()}`));

  return {
    devtools,
    perform: async (origin, variant, command) => {
      hear = command;
      complaints = [];
      await page.goto(`${origin}/page`);
      const transcript = await page.evaluate((name) => performScenario(name), variant);
      const mask = (text: string) => text.replaceAll(new URL(origin).host, 'HOST');
      return { transcript, complaints: complaints.map(mask) };
    },
  };
}
