import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/core/advice/rules.ts';
import { TAP_TRANSPORTS } from '../../src/bridge/tap-record.ts';
import { DECODERS } from '../../src/decoders/registry.ts';
import { EXPORTERS } from '../../src/trace/exporters.ts';
import { IMPORTERS } from '../../src/trace/importers.ts';
import { ADVICE_CASES } from '../advice/cases.ts';
import { FIXTURE_NAMES, readFixture } from '../protocols/fixture.ts';
import { PROJECT_FILES, readProjectFile } from './project-files.ts';

const readme = readProjectFile('README.md');
const OUR_NAME = 'test/repository/registries.test.ts';

/** By importer: the file that it is tested with, or the test that writes and reads one. */
const PROOFS: Record<string, string> = {
  jsonl: 'test/unit/trace/wirescope.test.ts',
  har: 'test/fixtures/chrome.har',
};

describe('the registries of formats', () => {
  it.each([
    ['exporters', EXPORTERS.map(({ id }) => id as string)],
    ['importers', IMPORTERS.map(({ id }) => id)],
  ])('%s have each id once', (_name, ids) => {
    expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(EXPORTERS)(
    'the exporter $id has all that belongs to it',
    ({ id, extension, label, isTrace }) => {
      expect(
        readme,
        `add a row for \`.${extension}\` to the table of formats in README.md`,
      ).toMatch(new RegExp(`^\\|.*\`\\.${extension}\``, 'mu'));
      expect(label, `give the exporter ${id} a label`).not.toBe('');
      if (!isTrace) return;
      expect(
        IMPORTERS.map((importer) => importer.id),
        `what ${id} writes can be opened again: add its importer to src/trace/importers.ts`,
      ).toContain(id);
    },
  );

  it.each(IMPORTERS)('the importer $id has all that belongs to it', ({ id }) => {
    const proof = PROOFS[id];
    expect(proof, `name the fixture or the test of ${id} in ${OUR_NAME}`).toBeDefined();
    expect(PROJECT_FILES, `add the fixture or the test of ${id}`).toContain(proof);
    expect(readme, `add .${id} to the table of formats in README.md`).toMatch(
      new RegExp(`^\\|.*\`\\.${id}\``, 'mu'),
    );
  });
});

describe('the transports', () => {
  it.each(TAP_TRANSPORTS)('%s has its tap', (transport) => {
    expect(PROJECT_FILES, `add src/page/tap-${transport}.ts`).toContain(
      `src/page/tap-${transport}.ts`,
    );
    const main = readProjectFile('src/page/main.iife.ts');
    expect(main, `call the tap in src/page/main.iife.ts`).toContain(`./tap-${transport}.ts`);
  });
});

describe('the decoders', () => {
  const fixtures = FIXTURE_NAMES.map((name) => ({ name, ...readFixture(name) }));

  it('have each id once', () => {
    const ids = DECODERS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(DECODERS)('$id has all that belongs to it', ({ id }) => {
    expect(readme, `add a row for \`${id}\` to the table of protocols in README.md`).toMatch(
      new RegExp(`^\\|.*\`${id.replaceAll('.', '\\.')}\``, 'mu'),
    );
    const own = fixtures.filter(({ stack }) => stack.includes(id));
    const recipe = `add an entry to test/protocols/entries and record it: a fixture whose stack has ${id}, for its truth, the matrix and the fuzzing`;
    expect(own.map(({ name }) => name).join(), recipe).not.toBe('');
    const untold = own.filter(({ source }) => !/\d+\.\d+\.\d+/u.test(source));
    expect(untold, 'name the packages and their versions in `source`').toEqual([]);
  });
});

describe('the rules of advice', () => {
  const files = PROJECT_FILES.filter((name) => name.startsWith('src/core/advice/rules/'));

  it.each(files)('%s is in the registry', (file) => {
    const id = file.replace(/^.*\/(.*)\.ts$/u, '$1');
    expect(
      RULES.map((rule) => rule.id),
      `add ${id} to src/core/advice/rules.ts`,
    ).toContain(id);
  });

  it.each(RULES)('$id has all that belongs to it', ({ id, source }) => {
    expect(files, `name the file of ${id} as it`).toContain(`src/core/advice/rules/${id}.ts`);
    expect(
      Object.keys(ADVICE_CASES),
      `add a session that ${id} finds, and a look-alike, to test/advice`,
    ).toContain(id);
    expect(readme, `add a row for \`${id}\` to the table of rules in README.md`).toMatch(
      new RegExp(`^\\|.*\`${id}\``, 'mu'),
    );
    expect(source, `say how we know what ${id} says`).not.toBe('');
  });
});
