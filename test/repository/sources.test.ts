import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_FILES, readProjectFile, SOURCE_FILES } from './project-files.ts';

const CODE = PROJECT_FILES.filter((name) => /^(?:src|test)\/.*\.(?:ts|svelte)$/u.test(name));
const PURE = /^src\/(?:core|decoders|trace)\//u;

const linesOf = (name: string) => readProjectFile(name).trimEnd().split('\n').length;
const longerThan = (names: readonly string[], most: number) =>
  names
    .map((name) => `${name}: ${linesOf(name)}`)
    .filter((told) => Number(told.split(': ')[1]) > most);

describe('source files', () => {
  it('have at most 400 lines, in the page at most 150', () => {
    expect(longerThan(SOURCE_FILES, 400)).toEqual([]);
    expect(
      longerThan(
        SOURCE_FILES.filter((name) => name.startsWith('src/page/')),
        150,
      ),
    ).toEqual([]);
  });

  it('are named for their one job, in kebab-case, components in PascalCase', () => {
    const junk = /(?:^|[-.])(?:utils?|helpers?|common|misc|stuff)(?=[-.]|$)/u;
    const shapes = {
      ts: /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:iife|svelte|test|spec|config))*\.ts$/u,
      svelte: /^(?:[A-Z][a-z0-9]*)+\.svelte$/u,
    };
    const odd = CODE.filter((name) => {
      const file = basename(name);
      return junk.test(file) || !shapes[file.endsWith('.svelte') ? 'svelte' : 'ts'].test(file);
    });
    expect(odd).toEqual([]);
  });

  it('never render markup from text', () => {
    const markup = /\{@html|\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write\(/u;
    const panel = SOURCE_FILES.filter((name) => name.startsWith('src/panel/'));
    expect(panel.filter((name) => markup.test(readProjectFile(name)))).toEqual([]);
    expect(SOURCE_FILES.filter((name) => readProjectFile(name).includes('{@html'))).toEqual([]);
  });

  // The compiler keeps the document out: `src/core/tsconfig.json` has no DOM.
  it('of the pure rooms use no extension API, no chance and no clock', () => {
    const impure =
      /\b(?:chrome|Math\.random|Date\.now|performance|setTimeout|setInterval)\b|new Date\(\)/u;
    const uses = SOURCE_FILES.filter((name) => PURE.test(name) && name.endsWith('.ts')).filter(
      (name) => impure.test(withoutComments(readProjectFile(name))),
    );
    expect(uses).toEqual([]);
  });

  // Walking a list runs `Array.prototype[Symbol.iterator]`, which a page can redefine.
  it('of the page walk no iterator', () => {
    const walks =
      /\bfor (?:await )?\(const [^;)]* of\b|\b(?:const|let) \[|[[(]\s*\.\.\.(?!args: )/u;
    const pages = SOURCE_FILES.filter((name) => name.startsWith('src/page/'));
    expect(pages.filter((name) => walks.test(withoutComments(readProjectFile(name))))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*.*?\*\//gsu, '').replaceAll(/^\s*\/\/.*$/gmu, '');
}

describe('the project', () => {
  const text = PROJECT_FILES.filter((name) => !/\.(?:png|zip|ico)$/u.test(name));

  it('names no place of one machine, and no registry', () => {
    const places =
      /(?:\/home\/|\/Users\/|\/root\/|\/work\/|[A-Z]:\\Users\\)\w|registry\.npmjs|https?:\/\/registry\./u;
    const found = text
      .filter((name) => name !== 'test/repository/sources.test.ts')
      .filter((name) => places.test(readProjectFile(name)));
    expect(found).toEqual([]);
  });

  it('pins every dependency to one version, and its lock to no registry', () => {
    const { devDependencies, ...rest } = JSON.parse(readProjectFile('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const dependencies = { ...rest['dependencies'], ...devDependencies };
    const loose = Object.entries(dependencies).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version),
    );
    expect(loose).toEqual([]);
    const lock = JSON.parse(readProjectFile('package-lock.json')) as {
      packages: Record<string, { resolved?: string; devDependencies?: object }>;
    };
    expect(lock.packages['']?.devDependencies).toEqual(devDependencies);
    const resolved = Object.entries(lock.packages).filter(
      ([, about]) => about.resolved !== undefined,
    );
    expect(resolved.map(([name]) => name)).toEqual([]);
  });
});
