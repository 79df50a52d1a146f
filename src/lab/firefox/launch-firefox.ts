import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectMarionette, type Marionette } from './marionette.ts';

/** A running Firefox; its profile goes when it is closed. */
export interface LabFirefox {
  readonly marionette: Marionette;
  /** The version, as `153.0`. */
  readonly version: string;
  goTo: (url: string) => Promise<void>;
  /** Runs a function among the page's own scripts and answers what it answers, awaited, as JSON tells it. */
  evaluate: <Argument>(
    run: (argument: Argument) => unknown,
    argument: Argument,
  ) => Promise<unknown>;
  close: () => Promise<void>;
}

const PATIENCE = 30_000;

/** Quiet, and without a look at the network of its own. */
const PREFERENCES: Record<string, string | number | boolean> = {
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.autoDisableScopes': 0,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
};

/** @param extension the unpacked extension; absent: a bare browser */
export async function launchFirefox(options: {
  executablePath: string;
  extension?: string;
}): Promise<LabFirefox> {
  const profile = await mkdtemp(join(tmpdir(), 'wirescope-firefox-'));
  const port = await freePort();
  const preferences = { ...PREFERENCES, 'marionette.port': port };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(
    options.executablePath,
    ['--headless', '--marionette', '--no-remote', '--profile', profile],
    { stdio: 'ignore', env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', HOME: profile } },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  async function close(): Promise<void> {
    process.off('exit', kill);
    kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }

  try {
    const marionette = await connectWithPatience(port);
    const { capabilities } = await marionette.send<{ capabilities: { browserVersion: string } }>(
      'WebDriver:NewSession',
    );
    if (options.extension !== undefined) {
      await marionette.send('Addon:Install', { path: options.extension, temporary: true });
    }
    return {
      marionette,
      version: capabilities.browserVersion,
      goTo: async (url) => {
        await marionette.send('WebDriver:Navigate', { url });
      },
      evaluate: (run, argument) => evaluateInPage(marionette, run, argument),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Marionette's own scripts run in a world of their own; this one is a script of the page. */
async function evaluateInPage<Argument>(
  marionette: Marionette,
  run: (argument: Argument) => unknown,
  argument: Argument,
): Promise<unknown> {
  const code = `(async () => {
    const answer = (told) => document.documentElement.setAttribute('data-answer', JSON.stringify(told));
    try {
      answer({ value: await (${String(run)})(${JSON.stringify(argument)}) });
    } catch (error) {
      answer({ error: String(error) });
    }
  })();`;
  await runScript(
    marionette,
    `document.documentElement.removeAttribute('data-answer');
     const script = document.createElement('script');
     script.textContent = arguments[0];
     document.documentElement.append(script);
     script.remove();`,
    code,
  );
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const text = await runScript(
      marionette,
      `return document.documentElement.getAttribute('data-answer')`,
    );
    if (typeof text === 'string') {
      const told = JSON.parse(text) as { value?: unknown; error?: string };
      if (told.error !== undefined) throw new Error(told.error);
      return told.value;
    }
    if (Date.now() > deadline) throw new Error('The page never answered.');
    await pause(20);
  }
}

async function runScript(
  marionette: Marionette,
  script: string,
  ...args: unknown[]
): Promise<unknown> {
  const { value } = await marionette.send<{ value: unknown }>('WebDriver:ExecuteScript', {
    script,
    args,
  });
  return value;
}

async function connectWithPatience(port: number): Promise<Marionette> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await connectMarionette(port);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(100);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
