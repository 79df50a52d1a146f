import { formatBytes, formatCount } from '../format.ts';
import { alignmentWords, CLOCK_WORDS } from './alignment-words.ts';
import { byGroup, type Comparison, type ComparisonRow } from './compare.ts';
import { differenceWords } from './difference-words.ts';
import { GROUP_NAMES } from './measure-kinds.ts';
import { markOf, type MeasuredSubject } from './subject.ts';
import { summarise } from './summary.ts';
import { readingWords } from './value-words.ts';

/** Measured needs no mark. */
const GRADE_MARKS = { measured: '', computed: '', estimated: '≈ ' } as const;

/** The whole comparison as GitHub-flavoured Markdown: the same words and numbers as in the panel. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { subjects, rows } = comparison;
  const marks = subjects.map((_, index) => markOf(index));
  return [
    '# Comparison',
    '',
    ...subjects.map((measured, index) => `- **${markOf(index)}** ${subjectLine(measured)}`),
    '',
    ...summarise(comparison).map(({ text }) => `${plain(text)}\n`),
    `| Measure | ${marks.join(' | ')} |`,
    `| --- | ${marks.map(() => '---:').join(' | ')} |`,
    ...byGroup(rows).map(tableLine),
    '',
    '≈ is estimated; everything else is measured, or computed by the rules of a specification.',
    '',
    `## Differences from ${marks[0] ?? 'A'}, the largest first`,
    '',
    ...rows.flatMap(differenceLine),
    '',
    ...alignmentLines(comparison),
    '## How the numbers were obtained',
    '',
    ...rows.flatMap(howLines),
    '',
  ].join('\n');
}

function subjectLine({ subject, carried, cost }: MeasuredSubject): string {
  const total = cost === undefined ? '' : `, ${formatBytes(Math.round(cost.total))} on the wire`;
  return `${plain(subject.name)}: ${formatCount(carried.ats.length)} events${total}`;
}

function tableLine({ kind, readings }: ComparisonRow): string {
  const cells = readings.map((reading) =>
    reading === undefined
      ? '–'
      : `${GRADE_MARKS[reading.grade]}${plain(readingWords(reading, kind.unit))}`,
  );
  return `| ${GROUP_NAMES[kind.group]}: ${kind.label} | ${cells.join(' | ')} |`;
}

function differenceLine({ kind, differences }: ComparisonRow): string[] {
  const told = differences.flatMap((difference, index) =>
    difference === undefined ? [] : [`${markOf(index)} ${differenceWords(difference, kind)}`],
  );
  return told.length === 0 ? [] : [`- ${kind.label}: ${told.join('; ')}`];
}

function alignmentLines({ alignments, subjects }: Comparison): string[] {
  const base = subjects[0]?.subject.name ?? '';
  const lines = alignments.flatMap((alignment, index) => {
    if (alignment === undefined) return [];
    const words = alignmentWords(alignment, 'A', markOf(index));
    const name = subjects[index]?.subject.name ?? '';
    return [
      `- **${markOf(index)}** ${plain(name)}: ${words.join(' ')} ${alignment.evidence} ${CLOCK_WORDS[alignment.clock]}`,
    ];
  });
  if (lines.length === 0) return [];
  return [`## The same events as in A (${plain(base)})`, '', ...lines, ''];
}

function howLines({ kind, readings }: ComparisonRow): string[] {
  return readings.flatMap((reading, index) =>
    reading === undefined
      ? []
      : [`- ${kind.label}, ${markOf(index)} (${reading.grade}): ${plain(reading.how)}`],
  );
}

/** Names come from pages: nothing in them may be taken for Markdown, HTML or another column. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_[\]<>|#~&]/gu, (each) => `\\${each}`);
}
