import type { Comparison } from './compare.ts';
import { differenceWords } from './difference-words.ts';
import { markOf } from './subject.ts';

const COLUMNS = [
  'measure',
  'group',
  'label',
  'unit',
  'subject',
  'name',
  'value',
  'grade',
  'difference',
  'ratio',
  'low',
  'high',
  'verdict',
  'in words',
  'how',
] as const;

/** One line for each measure of each subject, as RFC 4180 has it; bytes, milliseconds and shares as plain numbers. */
export function comparisonCsv({ subjects, rows }: Comparison): string {
  const lines: (string | number | undefined)[][] = [[...COLUMNS]];
  for (const { kind, readings, differences } of rows) {
    readings.forEach((reading, index) => {
      if (reading === undefined) return;
      const difference = differences[index];
      lines.push([
        kind.id,
        kind.group,
        kind.label,
        kind.unit,
        markOf(index),
        subjects[index]?.subject.name ?? '',
        reading.word ?? reading.value,
        reading.grade,
        kind.unit === 'word' ? undefined : difference?.delta,
        difference?.ratio,
        difference?.interval?.low,
        difference?.interval?.high,
        difference?.verdict,
        difference === undefined ? 'baseline' : differenceWords(difference, kind),
        reading.how,
      ]);
    });
  }
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/**
 * A spreadsheet takes a text that begins with one of these for a formula, and would run what a page or a trace put there; an
 * apostrophe in front makes it a text again (OWASP, “CSV injection”).
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : '';
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
