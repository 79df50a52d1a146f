import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { SCENARIOS } from './scenarios.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const folders = readdirSync(new URL('scenarios', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('every scenario with a page is in the registry', () => {
  expect([...new Set(SCENARIOS.map(({ page }) => page))].toSorted()).toEqual(folders.toSorted());
});

test('every library is in the table, with the version that is installed', () => {
  const { devDependencies } = JSON.parse(read('../../package.json')) as {
    devDependencies: Record<string, string>;
  };
  const table = new Map(
    [...read('README.md').matchAll(/^\| `([^`]+)`\s+\| (\S+)/gmu)].map(([, name, version]) => [
      name ?? '',
      version,
    ]),
  );
  for (const folder of folders) {
    const imported = [
      ...read(`scenarios/${folder}/page.ts`).matchAll(/ from '(?<name>[^.'][^']*)'/gu),
    ]
      .map(({ groups }) => /^(?:@[^/]+\/)?[^/]+/u.exec(groups?.['name'] ?? '')?.[0] ?? '')
      .filter((name) => table.has(name));
    expect(imported, `the library of ${folder}`).not.toEqual([]);
  }
  for (const [name, version] of table) expect(version, name).toBe(devDependencies[name]);
  expect(table.size).toBeGreaterThan(0);
});
