import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import manifest from '../../manifest.json' with { type: 'json' };
import { buildExtension, BuildError } from './build-extension.ts';
import { BUILD_TARGETS, extensionFolder, ROOT, storeZip } from './paths.ts';
import { zipFolder } from './store-zip.ts';

/** Zips of other versions, and what a build that was killed left behind. */
const STALE = /^(?:wirescope-.*\.zip|\.building-.*)$/u;

/** `npm run build`: the unpacked extension for each browser, and the zip that its store takes. */
async function main(): Promise<void> {
  const dist = join(ROOT, 'dist');
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist)) {
    if (STALE.test(name)) await rm(join(dist, name), { recursive: true });
  }
  for (const browser of BUILD_TARGETS) {
    await buildExtension(browser);
    const zip = await zipFolder(extensionFolder(browser));
    const file = storeZip(browser, manifest.version);
    await writeFile(file, zip);
    console.log(`dist/${browser}/   dist/${basename(file)} (${Math.ceil(zip.length / 1000)} kB)`);
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
