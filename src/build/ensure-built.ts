import { buildExtension } from './build-extension.ts';
import type { BuildTarget } from './manifest-for.ts';
import { extensionFolder } from './paths.ts';
import { isFresh } from './stamp.ts';

/**
 * Builds the extension unless what stands in `dist` was built from the sources as they are.
 *
 * @param say hears one line when something is built
 * @returns the folder of the unpacked extension
 * @throws {BuildError}
 */
export async function ensureBuilt(
  target: BuildTarget,
  say: (line: string) => void = () => undefined,
): Promise<string> {
  if (!(await isFresh(target))) {
    say(`Building the extension for ${target} …`);
    await buildExtension(target);
  }
  return extensionFolder(target);
}
