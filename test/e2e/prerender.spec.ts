import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensionFolder } from '../../src/build/paths.ts';
import { listTargets } from '../../src/lab/browser/cdp.ts';
import { openDevToolsOf } from '../../src/lab/browser/devtools.ts';
import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

/** Playwright forbids its pages to prerender, so this browser runs without it. */
async function startChromium(url: string) {
  const profile = await mkdtemp(join(tmpdir(), 'wirescope-prerender-'));
  const extension = extensionFolder('chromium');
  const child = spawn(
    process.env['WIRESCOPE_BROWSER'] ?? '',
    [
      '--headless=new',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${profile}`,
      '--remote-debugging-port=0',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      url,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    let debuggingPort = NaN;
    await expect
      .poll(async () => {
        const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
        debuggingPort = Number(text === '' ? NaN : text.split('\n')[0]);
        return debuggingPort;
      })
      .not.toBeNaN();
    const find = async (isWanted: (url: string, type: string) => boolean) => {
      let found: Awaited<ReturnType<typeof listTargets>>[number] | undefined;
      await expect
        .poll(async () => {
          const targets = await listTargets(debuggingPort);
          found = targets.find(({ url, type }) => isWanted(url, type));
          return found !== undefined;
        })
        .toBe(true);
      return found ?? (await listTargets(debuggingPort))[0];
    };
    return { debuggingPort, find, close };
  } catch (error) {
    await close();
    throw error;
  }
}

test('a page that is rendered ahead joins when it is shown, and leaves the session alone until then', async ({
  lab,
}) => {
  const chromium = await startChromium(`${lab.origin}/watch?scenario=side-by-side`);
  try {
    const worker = await chromium.find((url, type) => type === 'service_worker' && url !== '');
    const page = await chromium.find((url) => url.startsWith(lab.origin));
    const extensionId = new URL(worker?.url ?? '').host;
    const browser = { debuggingPort: chromium.debuggingPort, extensionId };
    const devtools = await openDevToolsOf(browser, page?.id ?? '');
    // By DevTools itself: Chromium renders nothing ahead while a client of another kind is attached to the page.
    const evaluate = (expression: string) =>
      devtools.panel.evaluate(
        `new Promise((done) => chrome.devtools.inspectedWindow.eval(${JSON.stringify(expression)}, done))`,
      );
    const ahead = `${lab.origin}/watch?scenario=fetch-stream`;
    await untilMessages(devtools, 10);
    await evaluate(`(() => {
      const rules = document.createElement('script');
      rules.type = 'speculationrules';
      rules.textContent = JSON.stringify({ prerender: [{ urls: ['${ahead}'], eagerness: 'immediate' }] });
      document.head.append(rules);
    })()`);
    await lab.log.until((log) => log.connectionNamed('lines') !== undefined);
    const { id = 0 } = lab.log.connectionNamed('lines') ?? {};
    await lab.log.until((log) => log.messagesOf(id).length >= 10);
    const before = await sessionIn(devtools);
    expect(before.channels.map(({ transport }) => transport)).toEqual(['websocket', 'eventsource']);

    await evaluate(`setTimeout(() => (location.href = '${ahead}')); 0`);
    await devtools.panel.until(
      `document.querySelectorAll('[data-channel]').length === 2 &&
        document.querySelector('[data-channel] .name').textContent.includes('/stream/feed')`,
    );
    const shown = lab.log.messagesOf(id).length;
    await lab.log.until((log) => log.messagesOf(id).length > shown);
    const after = await sessionIn(devtools);
    expect(after.header.url).toBe(ahead);
    // It was one document all along: what it received while it was hidden is here, too.
    const [lines] = [...after.connections.values()].filter(({ url }) => url.includes('name=lines'));
    expect(lines?.tally.received.messages).toBeGreaterThanOrEqual(shown);
    await devtools.close();
  } finally {
    await chromium.close();
  }
});
