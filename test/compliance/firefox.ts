import { delimiter, join } from 'node:path';
import { accessSync, constants } from 'node:fs';
import { launchFirefox, type LabFirefox } from '../../src/lab/firefox/launch-firefox.ts';

/** `$WIRESCOPE_FIREFOX`, or what the PATH has; the comparison in Firefox is left out where there is none. */
export function findFirefox(): string | undefined {
  const named = process.env['WIRESCOPE_FIREFOX'];
  if (named !== undefined) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = folders.flatMap((folder) => [join(folder, 'firefox-esr'), join(folder, 'firefox')]);
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The two that are compared. Without a panel: nothing drives DevTools there. */
export async function launchFirefoxes(executablePath: string): Promise<[LabFirefox, LabFirefox]> {
  const extension = new URL('../../dist/firefox', import.meta.url).pathname;
  const bare = await launchFirefox({ executablePath });
  try {
    return [bare, await launchFirefox({ executablePath, extension })];
  } catch (error) {
    await bare.close();
    throw error;
  }
}
