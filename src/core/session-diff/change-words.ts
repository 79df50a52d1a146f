import { differenceWords } from '../compare/difference-words.ts';
import { readingWords } from '../compare/value-words.ts';
import { formatCountOf } from '../format.ts';
import type { FieldChange } from './field-changes.ts';
import type { KindChange, KindDifference } from './kind-changes.ts';
import type { OrderChange } from './order-changes.ts';
import { differs } from './report-diff.ts';

const NAMES: Readonly<Record<KindDifference['what'], string>> = {
  size: 'size',
  rate: 'how often',
  latency: 'time to its answer',
};

const FATES: Readonly<Record<FieldChange['fate'], (change: FieldChange) => string>> = {
  new: ({ path, after = '' }) => `field ${path} is new (${after})`,
  missing: ({ path, before = '' }) => `field ${path} is missing (was ${before})`,
  'other type': ({ path, before = '', after = '' }) => `field ${path} was ${before}, is ${after}`,
  'now optional': ({ path }) => `field ${path} is not always there any more`,
  'now always there': ({ path }) => `field ${path} is always there now`,
};

/** What became of a kind, a sentence each; nothing where nothing changed that chance does not explain. */
export function changeWords({ fate, before, after, differences, fields }: KindChange): string[] {
  const { messages = 0 } = before ?? after ?? {};
  if (fate === 'new') return [`new: ${formatCountOf(messages, 'message')}`];
  if (fate === 'missing') return [`missing: there were ${formatCountOf(messages, 'message')}`];
  return [
    ...fields.map((field) => FATES[field.fate](field)),
    ...differences.filter(differs).map(toldDifference),
  ];
}

function toldDifference({ what, unit, before, after, difference }: KindDifference): string {
  const [old, fresh] = [readingWords(before, unit), readingWords(after, unit)];
  const words = differenceWords(difference, { unit, better: 'neither' });
  return `${NAMES[what]} ${old} → ${fresh}: ${words}`;
}

/** “After ▲ order came ▼ ack (100 %), now ▼ fill (95 %)” */
export function orderWords({ after, was, is }: OrderChange): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return `after ${after} came ${was.kind} (${percent(was.share)}), now ${is.kind} (${percent(is.share)})`;
}
