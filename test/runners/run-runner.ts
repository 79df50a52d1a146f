import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../src/build/paths.ts';
import { readPlaywright } from './read-playwright.ts';
import { readVitest } from './read-vitest.ts';
import { DIED, type Sum, withExit } from './sum.ts';

/** A test runner: how to call it so that a person can follow it and its report can be read. */
export interface Runner {
  name: 'unit' | 'e2e';
  /** Its JavaScript file. */
  file: string;
  args: (report: string) => string[];
  env: (report: string) => NodeJS.ProcessEnv;
  read: (report: unknown) => Sum;
}

export const RUNNERS: readonly Runner[] = [
  {
    name: 'unit',
    file: 'node_modules/vitest/vitest.mjs',
    args: (report) => [
      ...['run', '--config', 'test/vitest.config.ts'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    env: () => ({}),
    read: (report) => readVitest(report as Parameters<typeof readVitest>[0]),
  },
  {
    name: 'e2e',
    file: 'node_modules/@playwright/test/cli.js',
    args: () => ['test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list,json'],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    read: (report) => readPlaywright(report as Parameters<typeof readPlaywright>[0]),
  },
];

/** Runs all tests of a runner and reads what they came to. */
export async function runRunner(
  runner: Runner,
  folder: string,
  more: readonly string[],
): Promise<Sum> {
  const report = join(folder, `${runner.name}.json`);
  const exitCode = await spawnAndWait(
    [join(ROOT, runner.file), ...runner.args(report), ...more],
    runner.env(report),
  );
  try {
    return withExit(runner.read(JSON.parse(await readFile(report, 'utf8'))), exitCode);
  } catch {
    console.error(`The ${runner.name} tests ended without a report (exit code ${exitCode}).`);
    return DIED;
  }
}

/** A runner goes when we are told to go: it closes its browsers. */
function spawnAndWait(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    const pass = (signal: NodeJS.Signals) => void child.kill(signal);
    process.on('SIGTERM', pass);
    // From a terminal the runner hears Ctrl+C itself; here it must only not end us.
    process.on('SIGINT', ignore);
    child.once('error', () => {
      resolve(1);
    });
    child.once('exit', (code) => {
      process.off('SIGTERM', pass);
      process.off('SIGINT', ignore);
      resolve(code ?? 1);
    });
  });
}

function ignore(): void {
  // The runner's own end is what ends us.
}
