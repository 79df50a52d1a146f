import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestSources, isFresh, writeStamp } from '../../../src/build/stamp.ts';
import { zipFolder } from '../../../src/build/store-zip.ts';

let root = '';

async function put(name: string, contents: string): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), contents);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wirescope-stamp-'));
  await put('src/page/main.ts', 'one');
  await put('manifest.json', '{}');
  await put('dist/chromium/manifest.json', '{}');
  await writeStamp('chromium', await digestSources(root), root);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('a build', () => {
  test('is fresh while nothing changes, whatever the clock says', async () => {
    await utimes(join(root, 'src/page/main.ts'), new Date(), new Date(Date.now() + 60_000));
    expect(await isFresh('chromium', root)).toBe(true);
  });

  test('that was never made is stale', async () => {
    expect(await isFresh('firefox', root)).toBe(false);
  });

  test('stays fresh when only the lab changes', async () => {
    await put('src/lab/server.ts', 'new');
    expect(await isFresh('chromium', root)).toBe(true);
  });

  test.each(['src/page/main.ts', 'src/core/new.ts', 'manifest.json', 'package-lock.json'])(
    'is stale when %s changes',
    async (name) => {
      await put(name, 'two');
      expect(await isFresh('chromium', root)).toBe(false);
    },
  );

  test('is stale when a source is gone', async () => {
    await rm(join(root, 'src/page/main.ts'));
    expect(await isFresh('chromium', root)).toBe(false);
  });

  test('is stale when somebody touched its result', async () => {
    await put('dist/chromium/left-over.js', '');
    expect(await isFresh('chromium', root)).toBe(false);
    await rm(join(root, 'dist/chromium'), { recursive: true });
    expect(await isFresh('chromium', root)).toBe(false);
  });
});

test('equal folders make equal zips, whenever their files were written', async () => {
  await put('a/z.js', 'z');
  await put('a/b/c.js', 'c');
  await put('copy/b/c.js', 'c');
  await put('copy/z.js', 'z');
  await utimes(join(root, 'a/z.js'), new Date(0), new Date(0));
  expect(await zipFolder(join(root, 'a'))).toEqual(await zipFolder(join(root, 'copy')));
});
