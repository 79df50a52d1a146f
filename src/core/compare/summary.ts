import { formatCount, formatSpan } from '../format.ts';
import type { Comparison, ComparisonRow } from './compare.ts';
import { differenceOf } from './difference.ts';
import { differenceWords } from './difference-words.ts';
import type { MeasureFace } from './measure-kinds.ts';
import type { Reading } from './reading.ts';
import { type MeasuredSubject, markOf } from './subject.ts';
import { formatShare, formatValue } from './value-words.ts';

/** A sentence of the summary. */
export interface SummaryLine {
  readonly topic: 'cost' | 'delay' | 'requests' | 'direction' | 'unsure';
  readonly text: string;
}

interface Ranked {
  readonly name: string;
  readonly reading: Reading;
  readonly measured: MeasuredSubject;
}

/** What the comparison comes down to, for somebody who knows nothing of transports. */
export function summarise(comparison: Comparison): SummaryLine[] {
  const lines: SummaryLine[] = [];
  const add = (topic: SummaryLine['topic'], text: string | undefined): void => {
    if (text !== undefined) lines.push({ topic, text });
  };
  add('cost', costLine(comparison));
  add('delay', delayLine(comparison));
  add('requests', requestsLine(comparison));
  add('direction', directionLine(comparison));
  add('unsure', unsureLine(comparison));
  return lines;
}

export const nameOf = ({ subjects }: Comparison, index: number): string =>
  `${markOf(index)} (${subjects[index]?.subject.name ?? ''})`;

function ranked(comparison: Comparison, id: string): { row?: ComparisonRow; ranks: Ranked[] } {
  const row = comparison.rows.find(({ kind }) => kind.id === id);
  if (row === undefined) return { ranks: [] };
  const ranks = row.readings.flatMap((reading, index): Ranked[] => {
    const measured = comparison.subjects[index];
    return reading === undefined || measured === undefined
      ? []
      : [{ name: nameOf(comparison, index), reading, measured }];
  });
  return { row, ranks: ranks.toSorted((a, b) => a.reading.value - b.reading.value) };
}

function against(kind: MeasureFace, { reading }: Ranked, base: Ranked): string {
  return differenceWords(differenceOf(kind, reading, base.reading), kind);
}

function costLine(comparison: Comparison): string | undefined {
  const { row, ranks } = ranked(comparison, 'wire-per-event');
  const [least, most] = [ranks[0], ranks.at(-1)];
  if (row === undefined || least === undefined || most === undefined || least === most) {
    return undefined;
  }
  const { verdict } = differenceOf(row.kind, most.reading, least.reading);
  if (verdict === 'equal' || verdict === 'within chance') {
    return `On the wire all cost about the same: ${formatValue(least.reading.value, 'bytes')} for each event.`;
  }
  return `${least.name} costs least on the wire: ${formatValue(least.reading.value, 'bytes')} for each event. ${most.name} costs most: ${formatValue(most.reading.value, 'bytes')}, ${against(row.kind, most, least)}${reasonOf(most.measured)}.`;
}

/** What most of the bytes are, where they are not payload. */
function reasonOf({ cost }: MeasuredSubject): string {
  if (cost === undefined || cost.total <= 0) return '';
  const { headers, framing, total, requests } = cost;
  if (headers.value > total / 3) {
    return `; ${formatShare(headers.value / total)} of that are headers of ${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}`;
  }
  return framing.value > total / 3
    ? `; ${formatShare(framing.value / total)} of that is framing`
    : '';
}

/** Who has the same events later; where none are the same, who has the longer delivery delay. */
function delayLine(comparison: Comparison): string | undefined {
  const lags = comparison.alignments.flatMap((alignment, index) =>
    alignment?.lag === undefined ? [] : [{ index, lag: alignment.lag.p50 }],
  );
  if (lags.length > 0) {
    const all = [{ index: 0, lag: 0 }, ...lags].toSorted((a, b) => a.lag - b.lag);
    const [first, last] = [all[0], all.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const behind = last.lag - first.lag;
    if (behind < NOTICED) return 'The same events come at about the same time in all of them.';
    const early = all
      .filter(({ lag }) => lag - first.lag < NOTICED)
      .map(({ index }) => index)
      .toSorted((a, b) => a - b);
    const leaders =
      early.length === 1
        ? `${nameOf(comparison, first.index)} has events first`
        : `${early.map(markOf).join(', ')} have events at about the same time`;
    return `${leaders}; ${nameOf(comparison, last.index)} has the same events ${formatSpan(behind)} later (median).`;
  }
  const { row, ranks } = ranked(comparison, 'delivery-median');
  const [least, most] = [ranks[0], ranks.at(-1)];
  if (row === undefined || least === undefined || most === undefined || least === most) {
    return undefined;
  }
  return `${least.name} delivers fastest, ${formatSpan(least.reading.value)} beyond its best; ${most.name} takes ${formatSpan(most.reading.value)}: ${against(row.kind, most, least)}.`;
}

/** Less than this no person notices. */
const NOTICED = 30;

function requestsLine(comparison: Comparison): string | undefined {
  const { ranks } = ranked(comparison, 'requests-per-minute');
  const [least, most] = [ranks[0], ranks.at(-1)];
  if (least === undefined || most === undefined || least === most) return undefined;
  if (most.reading.value < 2 * least.reading.value) return undefined;
  const [few, many] = [least, most].map(({ reading }) => formatValue(reading.value, 'per minute'));
  return `${most.name} asks the server most often, ${many ?? ''}; ${least.name} least, ${few ?? ''}.`;
}

function directionLine({ subjects }: Comparison): string | undefined {
  const receiving = subjects.filter(
    ({ measures }) => measures.direction.used === 'received-only',
  ).length;
  if (receiving === subjects.length) {
    return 'In all of them the page only listens: the app does not need to send over this connection.';
  }
  const both = subjects.flatMap(({ measures }, index) =>
    measures.direction.used === 'two-way' ? [markOf(index)] : [],
  );
  return both.length === 0
    ? undefined
    : `Both sides really talk in ${both.join(', ')}: another transport would need requests for what the page sends.`;
}

function unsureLine({ rows, subjects }: Comparison): string | undefined {
  const unsure = rows.filter(({ differences }) =>
    differences.some((each) => each?.verdict === 'too few'),
  ).length;
  const fewest = Math.min(...subjects.map(({ carried }) => carried.ats.length));
  if (unsure === 0) return undefined;
  return `There are too few values to be sure of ${formatCount(unsure)} ${unsure === 1 ? 'measure' : 'measures'} (the shortest recording has ${formatCount(fewest)} ${fewest === 1 ? 'event' : 'events'}); record longer to know.`;
}
