import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { BuildTarget } from './manifest-for.ts';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const BUILD_TARGETS: readonly BuildTarget[] = ['chromium', 'chromium-workers', 'firefox'];

/** Where the unpacked extension stands. */
export function extensionFolder(target: BuildTarget, root = ROOT): string {
  return join(root, 'dist', target);
}

/** What a store takes. */
export function storeZip(target: BuildTarget, version: string, root = ROOT): string {
  return join(root, 'dist', `wirescope-${target}-${version}.zip`);
}
