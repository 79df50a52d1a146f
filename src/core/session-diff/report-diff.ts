import type { Transport } from '../facts.ts';
import type { FieldChange } from './field-changes.ts';
import type { KindChange, KindDifference } from './kind-changes.ts';
import type { OrderChange } from './order-changes.ts';
import type { ChannelChange, DiffChannel, SessionDiff } from './session-diff.ts';

/** What changed between two recordings, in numbers, for the command line and for CI. Sizes are bytes, times milliseconds. */
export interface DiffReport {
  format: 'wirescope-diff';
  version: 1;
  /** Whether anything changed that chance does not explain. */
  isChanged: boolean;
  missing: ChannelName[];
  added: ChannelName[];
  channels: ChannelChangeReport[];
}

export interface ChannelName {
  transport: Transport;
  endpoint: string;
}

export interface ChannelChangeReport {
  before: ChannelName;
  after: ChannelName;
  basis: ChannelChange['basis'];
  kinds: KindChangeReport[];
  order: OrderChange[];
}

export interface KindChangeReport {
  name: string;
  direction: KindChange['direction'];
  fate: KindChange['fate'];
  messages: { before: number; after: number };
  /** Those that differ by more than chance explains. */
  differences: DifferenceReport[];
  fields: FieldChange[];
}

export interface DifferenceReport {
  what: KindDifference['what'];
  unit: KindDifference['unit'];
  before: number;
  after: number;
  ratio?: number;
  /** Of the ratio where there is one, else of the difference: in 95 of 100 cases. */
  interval?: { low: number; high: number };
}

export function reportDiff({ channels, missing, added }: SessionDiff): DiffReport {
  const told = channels.map(reportChannel);
  return {
    format: 'wirescope-diff',
    version: 1,
    isChanged: missing.length + added.length > 0 || told.some(isChanged),
    missing: missing.map(nameOf),
    added: added.map(nameOf),
    channels: told,
  };
}

const nameOf = ({ channel: { transport, endpoint } }: DiffChannel): ChannelName => ({
  transport,
  endpoint,
});

const isChanged = ({ kinds, order }: ChannelChangeReport): boolean =>
  order.length > 0 ||
  kinds.some(
    ({ fate, differences, fields }) => fate !== 'kept' || differences.length + fields.length > 0,
  );

const reportChannel = ({
  before,
  after,
  basis,
  kinds,
  order,
}: ChannelChange): ChannelChangeReport => ({
  before: nameOf(before),
  after: nameOf(after),
  basis,
  kinds: kinds.map(reportKind),
  order: [...order],
});

function reportKind(change: KindChange): KindChangeReport {
  const { name, direction, fate, before, after, differences, fields } = change;
  return {
    name,
    direction,
    fate,
    messages: { before: before?.messages ?? 0, after: after?.messages ?? 0 },
    differences: differences.filter(differs).map(reportDifference),
    fields: [...fields],
  };
}

/** What chance explains is no change. */
export const differs = ({ difference }: KindDifference): boolean =>
  difference.verdict === 'differs';

function reportDifference({
  what,
  unit,
  before,
  after,
  difference: { ratio, interval },
}: KindDifference): DifferenceReport {
  return {
    what,
    unit,
    before: before.value,
    after: after.value,
    ...(ratio !== undefined && { ratio }),
    ...(interval !== undefined && { interval }),
  };
}
