import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { listFiles } from '../../src/build/list-files.ts';
import { manifestFor } from '../../src/build/manifest-for.ts';
import { readProjectFile } from './project-files.ts';

/** Taps for six APIs; ARCHITECTURE.md says what they cost. The last 200 bytes tell when what a WebSocket has to send piles up. */
const PAGE_BUDGET = 36_200;

interface Manifest {
  version: string;
  permissions?: string[];
  host_permissions?: string[];
  web_accessible_resources?: unknown[];
  content_security_policy?: { extension_pages: string };
  content_scripts: { js: string[]; world?: string; run_at: string; all_frames: boolean }[];
}

function expectToAskForNothing(found: Manifest): void {
  expect(found.permissions).toEqual(['storage']);
  expect(found).not.toHaveProperty('host_permissions');
  expect(found).not.toHaveProperty('optional_permissions');
  expect(found).not.toHaveProperty('optional_host_permissions');
  expect(found).not.toHaveProperty('externally_connectable');
  // A resource that a page can load tells the page that we are here.
  expect(found.web_accessible_resources ?? []).toEqual([]);
  const policy = found.content_security_policy?.extension_pages ?? '';
  expect(policy.split(/;\s*/u)).toContain("connect-src 'none'");
  expect(policy).not.toMatch(/https?:|'unsafe-eval'|\*/u);
}

describe('the manifest', () => {
  it.each(['chromium', 'firefox'] as const)('asks for nothing but storage in %s', (browser) => {
    expectToAskForNothing(manifestFor(browser, manifest) as Manifest);
  });

  it('asks for the debugger too in the build that watches workers, and nowhere else', () => {
    const { permissions, ...rest } = manifestFor('chromium-workers', manifest) as Manifest;
    expect(permissions).toEqual(['storage', 'debugger']);
    expectToAskForNothing({ ...rest, permissions: manifest.permissions });
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(readProjectFile('package.json')) as { version: string };
    expect(manifest.version).toBe(version);
  });

  it('names the relay before the taps, both in every frame before page code', () => {
    const scripts = manifest.content_scripts as Manifest['content_scripts'];
    expect(scripts.map(({ js, world }) => [js[0], world])).toEqual([
      ['src/content/relay.iife.ts', undefined],
      ['src/page/main.iife.ts', 'MAIN'],
    ]);
    for (const script of scripts) {
      expect(script).toMatchObject({
        matches: ['<all_urls>'],
        run_at: 'document_start',
        all_frames: true,
        match_about_blank: true,
        match_origin_as_fallback: true,
      });
    }
  });
});

describe('the built extension', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await ensureBuilt('chromium');
  }, 120_000);

  const built = (name: string) => readFile(join(folder, name), 'utf8');

  it('asks for nothing but storage', async () => {
    expectToAskForNothing(JSON.parse(await built('manifest.json')) as Manifest);
  });

  it(`has taps of at most ${PAGE_BUDGET} bytes, in one script that loads nothing`, async () => {
    const { content_scripts: scripts } = JSON.parse(await built('manifest.json')) as Manifest;
    const [taps = ''] = scripts.find(({ world }) => world === 'MAIN')?.js ?? [];
    const code = await built(taps);
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(PAGE_BUDGET);
    expect(code).not.toMatch(/\bimport\b\s*[{(*'"]|\brequire\s*\(|\bexport\b\s*[{*]/u);
    const [relay = ''] = scripts.find(({ world }) => world !== 'MAIN')?.js ?? [];
    expect(await built(relay)).not.toMatch(/\bimport\b\s*[{(*'"]|\brequire\s*\(/u);
  });

  it('has every file that its manifest names', async () => {
    const files = await listFiles(folder, '.');
    const text = await built('manifest.json');
    const named = [...text.matchAll(/"([^"]+\.(?:js|html|png|css))"/gu)].map(
      ([, name = '']) => name,
    );
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !files.includes(name))).toEqual([]);
  });
});
