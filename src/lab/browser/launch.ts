import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';

/** A running Chromium with the built extension in it. */
export interface LabBrowser {
  readonly context: BrowserContext;
  /** Port of the remote debugging protocol on 127.0.0.1. */
  readonly debuggingPort: number;
  readonly extensionId: string;
  /** The browser's name and version, as `Chromium 156.0.8078.79`. */
  readonly version: string;
  close: () => Promise<void>;
}

export interface LaunchOptions {
  executablePath: string;
  /** The unpacked extension; absent: a bare browser. */
  extension?: string;
  headless: boolean;
  /** With the back/forward cache, which Playwright turns off. */
  keepsPages?: boolean;
  /** The hash of one public key whose certificate is good although nobody known signed it. */
  trusts?: string;
}

/** Quiet, and without a look at the network of its own. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-features=MediaRouter,OptimizationHints,Translate',
];

/** A throw-away profile; removed again when the browser is closed. */
export async function launchBrowser(options: LaunchOptions): Promise<LabBrowser> {
  const { executablePath, extension, headless } = options;
  const profile = await mkdtemp(join(tmpdir(), 'wirescope-'));
  const removeProfile = () => rm(profile, { recursive: true, force: true, maxRetries: 3 });
  const context = await chromium
    .launchPersistentContext(profile, {
      executablePath,
      headless: false,
      viewport: null,
      ignoreDefaultArgs: [
        '--disable-extensions',
        ...(options.keepsPages === true ? ['--disable-back-forward-cache'] : []),
      ],
      // Whoever launches decides what Ctrl+C means; the browser goes with this process in any case.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        ...QUIET,
        ...(headless ? ['--headless=new'] : []),
        '--window-size=1280,800',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--remote-debugging-port=0',
        ...(options.trusts === undefined
          ? []
          : [`--ignore-certificate-errors-spki-list=${options.trusts}`]),
        ...(extension === undefined
          ? []
          : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]),
      ],
    })
    .catch(async (error: unknown) => {
      await removeProfile();
      throw error;
    });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= context.close().finally(removeProfile));
  try {
    const portFile = await readFile(join(profile, 'DevToolsActivePort'), 'utf8');
    const debuggingPort = Number(portFile.split('\n')[0]);
    const extensionId = extension === undefined ? '' : await findExtension(context);
    const version = `Chromium ${context.browser()?.version() ?? ''}`.trim();
    return { context, debuggingPort, extensionId, version, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function findExtension(context: BrowserContext): Promise<string> {
  const [running] = context.serviceWorkers();
  const worker = running ?? (await context.waitForEvent('serviceworker').catch(() => undefined));
  if (worker !== undefined) return new URL(worker.url()).host;
  throw new Error(
    'The browser did not load the extension. Google Chrome and Edge refuse to; take a Chromium.',
  );
}
