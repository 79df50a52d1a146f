import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import type { BuildTarget } from './manifest-for.ts';
import { extensionFolder, ROOT } from './paths.ts';
import { digestSources, writeStamp } from './stamp.ts';

const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');

/** The extension could not be built; the message is what the bundler said. */
export class BuildError extends Error {
  override name = 'BuildError';
}

/**
 * Builds the extension for one target. The old build stays until the new one is whole, and nothing of it
 * stays after that.
 *
 * @throws {BuildError}
 */
export async function buildExtension(target: BuildTarget): Promise<void> {
  const sources = await digestSources();
  const fresh = join(ROOT, 'dist', `.building-${target}-${process.pid}`);
  await mkdir(fresh, { recursive: true });
  try {
    await runVite(target, fresh);
    await rm(extensionFolder(target), { recursive: true, force: true, maxRetries: 3 });
    await rename(fresh, extensionFolder(target));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await writeStamp(target, sources);
}

/** In a process of its own: a test runner's NODE_ENV would turn the build into one for development. */
async function runVite(target: BuildTarget, outDir: string): Promise<void> {
  const args = ['build', '--mode', target, '--outDir', outDir, '--emptyOutDir'];
  try {
    await promisify(execFile)(process.execPath, [VITE, ...args, '--logLevel', 'error'], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
      maxBuffer: 1 << 24,
    });
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new BuildError(
      `The extension for ${target} could not be built:\n${wordsOf(stdout + stderr) || String(error)}`,
    );
  }
}

/** Without the colours and the bundler's own stack. */
function wordsOf(output: string): string {
  return stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => !/^ {4}at /u.test(line))
    .join('\n')
    .trim();
}
