import { test as base } from '@playwright/test';
import type { Page } from 'playwright';
import { openDevTools } from '../../src/lab/browser/devtools.ts';
import { type LabBrowser, launchBrowser } from '../../src/lab/browser/launch.ts';
import type { LabFirefox } from '../../src/lab/firefox/launch-firefox.ts';
import { createLab, type Lab } from '../../src/lab/server.ts';
import { findFirefox, launchFirefoxes } from './firefox.ts';

/**
 * A probe runs inside the page and answers with plain data. It runs in the bare browser, with the extension
 * asleep, and with a panel that watches (in Chromium); the answers have to be the same.
 */
export type Probe = (lab: { ws: string; http: string }) => unknown;

/** The page of one browser, and how it came about. */
interface Subject {
  name: 'bare' | 'asleep' | 'watched';
  page: Page;
}

interface FirefoxWorker {
  lab: Lab;
  /** Bare, and with the extension; empty where there is no Firefox. */
  pair: LabFirefox[];
}

interface Worker {
  lab: Lab;
  subjects: Subject[];
}

export const test = base.extend<object, { worker: Worker; firefox: FirefoxWorker }>({
  firefox: [
    async ({}, use) => {
      const executablePath = findFirefox();
      const lab = await createLab();
      const pair = executablePath === undefined ? [] : await launchFirefoxes(executablePath);
      try {
        await use({ lab, pair });
      } finally {
        for (const firefox of pair) await firefox.close();
        await lab.close();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  worker: [
    async ({}, use) => {
      const executablePath = process.env['WIRESCOPE_BROWSER'] ?? '';
      const extension = new URL('../../dist/chromium', import.meta.url).pathname;
      const lab = await createLab();
      const browsers: LabBrowser[] = [];
      const launch = async (options: { extension?: string }) => {
        const browser = await launchBrowser({ executablePath, headless: true, ...options });
        browsers.push(browser);
        return browser;
      };
      try {
        const bare = await launch({});
        const tapped = await launch({ extension });
        const watched = await tapped.context.newPage();
        await openDevTools(tapped, watched);
        await use({
          lab,
          subjects: [
            { name: 'bare', page: await bare.context.newPage() },
            { name: 'asleep', page: await tapped.context.newPage() },
            { name: 'watched', page: watched },
          ],
        });
      } finally {
        for (const browser of browsers) await browser.close();
        await lab.close();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const endpointsOf = (lab: Lab) => ({ http: lab.origin, ws: lab.origin.replace('http', 'ws') });

/**
 * Declares one test for each probe of a topic and browser.
 *
 * @param notInFirefox why the topic is left out there
 */
export function compareProbes(
  topic: string,
  probes: Record<string, Probe>,
  notInFirefox?: string,
): void {
  test.describe(topic, () => {
    for (const [title, probe] of Object.entries(probes)) {
      test(title, async ({ worker: { lab, subjects } }) => {
        const answers: Record<string, unknown> = {};
        for (const { name, page } of subjects) {
          await page.goto(`${lab.origin}/blank`);
          answers[name] = await page.evaluate(probe, endpointsOf(lab));
        }
        test.expect(answers['asleep'], 'with the extension asleep').toEqual(answers['bare']);
        test.expect(answers['watched'], 'with a panel that watches').toEqual(answers['bare']);
      });
    }
  });
  if (findFirefox() === undefined || notInFirefox !== undefined) return;
  test.describe(`${topic}, in Firefox`, () => {
    for (const [title, probe] of Object.entries(probes)) {
      test(title, async ({ firefox: { lab, pair } }) => {
        const answers: unknown[] = [];
        for (const firefox of pair) {
          await firefox.goTo(`${lab.origin}/blank`);
          answers.push(await firefox.evaluate(probe, endpointsOf(lab)));
        }
        const [bare, tapped] = answers;
        test.expect(tapped, 'with the extension').toEqual(bare);
      });
    }
  });
}
