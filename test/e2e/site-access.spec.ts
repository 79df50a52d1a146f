import type { BrowserContext } from 'playwright';
import { expect, test } from './fixtures.ts';

/** What the user chooses on the browser's page of extensions: on which sites it may run. */
async function allow(
  context: BrowserContext,
  extensionId: string,
  hostAccess: 'ON_CLICK' | 'ON_ALL_SITES',
): Promise<void> {
  const settings = await context.newPage();
  await settings.goto('chrome://extensions');
  await settings.evaluate(
    async ([id, access]) => {
      const { chrome } = globalThis as unknown as {
        chrome: {
          developerPrivate: { updateExtensionConfiguration: (o: object) => Promise<void> };
        };
      };
      const choice = { extensionId: id, hostAccess: access };
      await chrome.developerPrivate.updateExtensionConfiguration(choice);
    },
    [extensionId, hostAccess] as const,
  );
  await settings.close();
}

const EMPTY = `document.querySelector('[data-empty]')?.textContent`;

test('a panel to whose site the browser gives no access says so, and offers to ask for it', async ({
  lab,
  labBrowser,
  page,
  openPanel,
}) => {
  const { context, extensionId } = labBrowser;
  await allow(context, extensionId, 'ON_CLICK');
  await page.goto(`${lab.origin}/blank`);
  const devtools = await openPanel(page);
  await devtools.panel.until(`${EMPTY}.includes('may not run on this site')`);
  expect(await devtools.panel.evaluate(EMPTY)).toContain(lab.origin);
  expect(
    await devtools.panel.evaluate(`document.querySelector('[data-notices]').textContent`),
  ).toContain('gives Wirescope no access');

  // The browser's own question cannot be driven; what is asked can be seen.
  await devtools.panel.evaluate(
    `(chrome.permissions.request = (what) => { globalThis.asked = what; return Promise.resolve(false); }, 0)`,
  );
  await devtools.panel.click('[data-action="allow-site"]');
  await devtools.panel.until(`globalThis.asked !== undefined`);
  const { hostname } = new URL(lab.origin);
  expect(await devtools.panel.evaluate(`globalThis.asked.origins[0]`)).toBe(`http://${hostname}/*`);

  await allow(context, extensionId, 'ON_ALL_SITES');
  await page.reload();
  await devtools.panel.until(`${EMPTY}.includes('No connections yet')`);
});

test('a panel that opens late knows the site, and turns it off', async ({
  lab,
  page,
  openPanel,
}) => {
  await page.goto(`${lab.origin}/blank`);
  const devtools = await openPanel(page);
  await devtools.panel.click('[data-action="site-off"]');
  await devtools.panel.until(`document.querySelector('[data-site-off]') !== null`);
  await devtools.panel.click('[data-action="site-on"]');
});
