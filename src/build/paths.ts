import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { TargetBrowser } from './manifest-for.ts';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const BROWSERS: readonly TargetBrowser[] = ['chromium', 'firefox'];

/** Where the unpacked extension stands. */
export function extensionFolder(browser: TargetBrowser, root = ROOT): string {
  return join(root, 'dist', browser);
}

/** What a store takes. */
export function storeZip(browser: TargetBrowser, version: string, root = ROOT): string {
  return join(root, 'dist', `wirescope-${browser}-${version}.zip`);
}
