import { describe, expect, it } from 'vitest';
import { type Import, IMPORTS, importsOf, roomOf } from './imports.ts';
import { SOURCE_FILES } from './project-files.ts';

interface Rule {
  /** Rooms that it may import from. */
  rooms: string[];
  /** Rooms whose types it may import; nothing of them is there when it runs. */
  types?: string[];
  /** Single files beside that. */
  files?: string[];
  packages?: string[];
  packageTypes?: string[];
  node?: true;
}

/** The table of ARCHITECTURE.md. */
const RULES: Record<string, Rule> = {
  page: { rooms: ['bridge'], types: ['core'], files: ['src/core/drill/random.ts'] },
  content: { rooms: ['bridge'], packageTypes: ['webextension-polyfill'] },
  background: { rooms: ['bridge'], packages: ['webextension-polyfill'] },
  bridge: { rooms: ['core'] },
  core: { rooms: [], packages: ['eventsource-parser'] },
  decoders: { rooms: ['core'], packages: ['fflate', 'protobufjs'] },
  trace: { rooms: ['core'] },
  panel: {
    rooms: ['core', 'decoders', 'trace', 'bridge'],
    packages: [
      'svelte',
      'virtua',
      'd3-scale',
      'd3-shape',
      'fflate',
      'webextension-polyfill',
      'error-stack-parser-es',
    ],
  },
  lab: {
    rooms: ['core', 'decoders', 'trace', 'build'],
    packages: ['playwright', 'ws', 'typescript'],
    node: true,
  },
  build: { rooms: [], packages: ['fflate'], node: true },
};

const packageOf = (name: string): string => /^(?:@[^/]+\/)?[^/]+/u.exec(name)?.[0] ?? name;

function isAllowed(found: Import, room: string, rule: Rule): boolean {
  const { to, isPackage, isTypeOnly } = found;
  if (isPackage) {
    if (to.startsWith('node:')) return rule.node === true;
    const name = packageOf(to);
    if (rule.packages?.includes(name) === true) return true;
    return isTypeOnly && rule.packageTypes?.includes(name) === true;
  }
  const other = roomOf(to);
  // The manifest is everybody's who is not of the page.
  if (other === undefined) return to === 'manifest.json' && room !== 'page';
  if (other === room || rule.rooms.includes(other)) return true;
  if (rule.files?.includes(to) === true) return true;
  return isTypeOnly && rule.types?.includes(other) === true;
}

const told = ({ from, to, isTypeOnly }: Import) => `${from} → ${to}${isTypeOnly ? ' (type)' : ''}`;

describe('the rooms', () => {
  it('are all named in the table', () => {
    const rooms = new Set(SOURCE_FILES.map((name) => roomOf(name) ?? name));
    expect([...rooms].filter((room) => !(room in RULES))).toEqual([]);
  });

  it.each(Object.entries(RULES))('%s imports only what it may', (room, rule) => {
    const ours = IMPORTS.filter(({ from }) => roomOf(from) === room);
    expect(ours.filter((found) => !isAllowed(found, room, rule)).map(told)).toEqual([]);
  });

  it('page takes nothing of the bridge but what crosses it', () => {
    const crossing = ['envelope', 'packed-records', 'tap-record'].map(
      (name) => `src/bridge/${name}.ts`,
    );
    const strays = IMPORTS.filter(
      ({ from, to }) =>
        roomOf(from) === 'page' && roomOf(to) === 'bridge' && !crossing.includes(to),
    );
    expect(strays.map(told)).toEqual([]);
  });

  it('only the panel imports Svelte', () => {
    const users = IMPORTS.filter(({ to }) => packageOf(to) === 'svelte' || to.endsWith('.svelte'));
    expect(users.filter(({ from }) => roomOf(from) !== 'panel').map(told)).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
  });
});

describe('the reader of imports', () => {
  it('sees every kind of import, and which are types', () => {
    const text = [
      `import a from './a.ts';`,
      `import type { B } from '../b.ts';`,
      `import { type C, type D } from './c.ts';`,
      `import {\n  e,\n  type F,\n} from './e.ts';`,
      `import './side-effect.css';`,
      `export { g } from 'node:fs';`,
      `  const h = await import('./h.ts');`,
      `const text = "import z from './z.ts'";`,
    ].join('\n');
    expect(importsOf('src/core/x.ts', text).map(({ to, isTypeOnly }) => [to, isTypeOnly])).toEqual([
      ['src/core/a.ts', false],
      ['src/b.ts', true],
      ['src/core/c.ts', true],
      ['src/core/e.ts', false],
      ['src/core/side-effect.css', false],
      ['node:fs', false],
      ['src/core/h.ts', false],
    ]);
  });
});
