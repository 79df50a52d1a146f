import { describe, expect, it } from 'vitest';
import { byGroup, compareSubjects } from '../../../src/core/compare/compare.ts';
import { comparisonCsv, csvCell } from '../../../src/core/compare/comparison-csv.ts';
import { comparisonMarkdown, plain } from '../../../src/core/compare/comparison-markdown.ts';
import { differenceOf } from '../../../src/core/compare/difference.ts';
import { differenceWords, isBetter } from '../../../src/core/compare/difference-words.ts';
import { counted, quantileReading } from '../../../src/core/compare/reading.ts';
import { summarise } from '../../../src/core/compare/summary.ts';
import { aFeedThreeWays } from '../../builders/a-feed.ts';
import { measuredOf, someCost, spreadOf, subjectOf } from '../../builders/measured.ts';

const feed = aFeedThreeWays();
const around = (middle: number, width: number, count = 60) =>
  spreadOf(
    ...Array.from(
      { length: count },
      (_, index) => middle + (((index * 7) % count) / count - 0.5) * width,
    ),
  );

const three = () => [
  measuredOf(subjectOf(feed, [1], 'WebSocket /ws'), {
    cost: someCost(2_000, 80, 500),
    measures: { time: { gaps: around(500, 30), connect: spreadOf(4) }, load: { openTime: 20_000 } },
  }),
  measuredOf(subjectOf(feed, [2], '=SUM(A1) | <b>'), {
    cost: someCost(2_000, 500, 500),
    measures: { time: { gaps: around(501, 30), connect: spreadOf(6) }, load: { openTime: 20_000 } },
  }),
  measuredOf(subjectOf(feed, [3], 'polling /poll'), {
    cost: someCost(2_200, 0, 7_000, 10),
    measures: { time: { gaps: around(2_000, 30) }, load: { openTime: 20_000 } },
  }),
];

const ms = { unit: 'milliseconds', better: 'less' } as const;
const median = (middle: number, width: number, count?: number) => {
  const reading = quantileReading(around(middle, width, count), 0.5, '');
  if (reading === undefined) throw new Error('no values');
  return reading;
};

describe('a difference', () => {
  it('is told with its interval and how large it is', () => {
    const found = differenceOf(ms, median(300, 40), median(100, 40));
    expect(found.verdict).toBe('differs');
    expect(found.ratio).toBeCloseTo(3, 1);
    expect(found.interval?.low).toBeLessThan(found.ratio ?? 0);
    expect(found.interval?.high).toBeGreaterThan(found.ratio ?? 0);
    expect(found.effect).toEqual({ delta: 1, word: 'large' });
    expect(differenceWords(found, ms)).toMatch(
      /^3\.0 × as long, 95 % between [23]\.\d and 3\.\d$/u,
    );
    expect(isBetter(found, ms)).toBe(false);
  });

  it('is none where chance explains it', () => {
    const found = differenceOf(ms, median(102, 80, 20), median(100, 80, 20));
    expect(found.verdict).toBe('within chance');
    expect(found.weight).toBe(0);
    expect(differenceWords(found, ms)).toBe('no difference that this many messages could show');
    expect(isBetter(found, ms)).toBeUndefined();
  });

  it('of a few values is not sure', () => {
    const found = differenceOf(ms, median(300, 4, 3), median(100, 4, 3));
    expect(found).toMatchObject({ verdict: 'too few', interval: undefined });
    expect(differenceWords(found, ms)).toMatch(/^3\.0 × as long, too few to say how sure$/u);
  });

  it('of what was counted is certain', () => {
    const count = { unit: 'count', better: 'less' } as const;
    const found = differenceOf(count, counted(1, ''), counted(4, ''));
    expect(found).toMatchObject({ verdict: 'differs', interval: undefined });
    expect(differenceWords(found, count)).toBe('1/4.0 as many');
    expect(differenceWords(differenceOf(count, counted(3, ''), counted(4, '')), count)).toBe(
      '25 % fewer',
    );
    expect(differenceWords(differenceOf(count, counted(2, ''), counted(0, '')), count)).toBe('+2');
    expect(differenceWords(differenceOf(count, counted(4, ''), counted(4, '')), count)).toBe(
      'the same',
    );
  });

  it('of shares is told in points', () => {
    const share = { unit: 'share', better: 'neither' } as const;
    expect(differenceWords(differenceOf(share, counted(0.5, ''), counted(0.2, '')), share)).toBe(
      '+30 points',
    );
  });
});

describe('a comparison', () => {
  it('puts first what differs most, and can be told by groups', () => {
    const { rows } = compareSubjects(three());
    const weights = rows.map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(rows.map(({ kind }) => kind.id)).toContain('wire-per-event');
    const groups = byGroup(rows).map(({ kind }) => kind.group);
    expect(groups).toEqual(groups.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
    expect(byGroup(rows).length).toBe(rows.length);
  });

  it('shares bytes out to the events, not to the answers that carry them', () => {
    const { rows } = compareSubjects(three());
    const row = rows.find(({ kind }) => kind.id === 'wire-per-event');
    expect(row?.readings.map((reading) => reading?.value)).toEqual([64.5, 75, 230]);
    expect(row?.readings[2]).toMatchObject({ grade: 'estimated' });
    expect(row?.readings[2]?.how).toContain('40 events (messages carry several, counted by “seq”)');
    expect(row?.differences[2]?.ratio).toBeCloseTo(230 / 64.5, 6);
    const { low = 0, high = 0 } = row?.differences[2]?.interval ?? {};
    expect(low).toBeLessThan(230 / 64.5);
    expect(high).toBeGreaterThan(230 / 64.5);
    expect(high - low).toBeLessThan(2);
  });

  it('leaves out what nobody has, and says nothing of what one lacks', () => {
    const { rows } = compareSubjects(three());
    expect(rows.find(({ kind }) => kind.id === 'recovery')).toBeUndefined();
    const connect = rows.find(({ kind }) => kind.id === 'connect');
    expect(connect?.readings[2]).toBeUndefined();
    expect(connect?.differences[1]).toMatchObject({ verdict: 'too few' });
  });

  it('comes down to sentences that anybody can read', () => {
    const lines = summarise(compareSubjects(three())).map(({ text }) => text);
    expect(lines[0]).toMatch(
      /^A \(WebSocket \/ws\) costs least on the wire: 65 B for each event\. C \(polling \/poll\) costs most: 230 B, 3\.6 × as much, 95 % between .* of that are headers of 10 requests\.$/u,
    );
    expect(lines[1]).toContain(
      'A, B have events at about the same time; C (polling /poll) has the same events',
    );
    expect(lines[2]).toContain('C (polling /poll) asks the server most often, 30/min');
    expect(lines[3]).toContain('the page only listens');
  });
});

const ORDER = ['wire', 'time', 'direction', 'load'];

/** A reader of RFC 4180, for texts without line breaks in cells. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
  );

describe('the export', () => {
  it('to CSV has every value, and no formula', () => {
    const comparison = compareSubjects(three());
    const lines = comparisonCsv(comparison).trimEnd().split('\r\n').map(cellsOf);
    const [head = [], ...body] = lines;
    expect(body.length).toBe(
      comparison.rows.flatMap(({ readings }) => readings.filter(Boolean)).length,
    );
    expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([head.length]));
    const own = body.filter(([id]) => id === 'wire-per-event');
    expect(own.map((cells) => cells[head.indexOf('value')])).toEqual(['64.5', '75', '230']);
    expect(own[1]?.[head.indexOf('name')]).toBe("'=SUM(A1) | <b>");
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'takes the sting out of %j',
    (text) => {
      expect(csvCell(text).replaceAll('"', '')).toMatch(/^'/u);
      expect(csvCell(-1)).toBe('-1');
    },
  );

  it('to Markdown has the words of the panel, and takes no name for markup', () => {
    const comparison = compareSubjects(three());
    const text = comparisonMarkdown(comparison);
    expect(text).toContain('| Measure | A | B | C |');
    expect(text).toContain(
      '| Bytes on the wire: All bytes for each event | ≈ 65 B | ≈ 75 B | ≈ 230 B |',
    );
    for (const { text: line } of summarise(comparison)) expect(text).toContain(plain(line));
    expect(text).toContain('=SUM(A1) \\| \\<b\\>');
    expect(text).not.toContain('<b>');
    const table = text.split('\n').filter((line) => line.startsWith('| '));
    expect(new Set(table.map((line) => line.split(/(?<!\\)\|/u).length))).toEqual(new Set([6]));
  });
});
