import { formatBytes, formatCount, formatCountOf } from '../format.ts';
import { type CarriedCost, leastSure } from './carried-cost.ts';
import type { MeasureKind } from './measure-kinds.ts';
import type { Reading } from './reading.ts';
import type { MeasuredSubject } from './subject.ts';
import type { Block } from './time-blocks.ts';
import { drawGamma } from './random-variates.ts';
import { resampleMean } from './uncertainty.ts';

type Part = 'payload' | 'framing' | 'headers';

/** Subjects carry unequal numbers of events: bytes are told for each of them. */
export const WIRE_MEASURES: readonly MeasureKind[] = [
  {
    id: 'wire-per-event',
    group: 'wire',
    label: 'All bytes for each event',
    unit: 'bytes',
    better: 'less',
    about: 'All bytes on the wire in both directions, shared out to the events that they carried.',
    read: (measured) => perEvent(measured, ['payload', 'framing', 'headers']),
  },
  {
    id: 'overhead-per-event',
    group: 'wire',
    label: 'Framing and headers for each event',
    unit: 'bytes',
    better: 'less',
    about: 'What the transport adds to each event: frames, fields of the event stream, headers.',
    read: (measured) => perEvent(measured, ['framing', 'headers']),
  },
  {
    id: 'wire-per-payload',
    group: 'wire',
    label: 'Bytes for each byte of payload',
    unit: 'times',
    better: 'less',
    about: '1 would be nothing but payload; below 1 compression saves more than framing costs.',
    read: ({ cost, blocks }) => {
      const bytes = blocks.reduce((sum, block) => sum + block.bytes, 0);
      if (cost === undefined || bytes === 0) return undefined;
      return {
        value: cost.total / bytes,
        grade: gradeOf(cost, ['payload', 'framing', 'headers']),
        how: `${formatBytes(Math.round(cost.total))} on the wire for ${formatBytes(bytes)} that the page gave and got.`,
        chance: 'exact',
      };
    },
  },
  {
    id: 'requests-per-event',
    group: 'wire',
    label: 'Requests for each event',
    unit: 'count',
    better: 'less',
    about: 'A connection that is held open needs one for all of its events.',
    read: ({ cost, carried }) => {
      const events = carried.ats.length;
      if (cost === undefined || events === 0) return undefined;
      return {
        value: cost.requests / events,
        grade: 'measured',
        how: `${formatCountOf(cost.requests, 'request')} for ${formatCountOf(events, 'event')}.`,
        // How many events there were while it was recorded is chance.
        chance: (random) => cost.requests / drawGamma(events, random),
      };
    },
  },
  {
    id: 'wire-total',
    group: 'wire',
    label: 'Bytes in all',
    unit: 'bytes',
    better: 'neither',
    about: 'Not for each event: who was recorded longer, or told more, has more.',
    read: ({ cost }) =>
      cost === undefined
        ? undefined
        : {
            value: cost.total,
            grade: gradeOf(cost, ['payload', 'framing', 'headers']),
            how: `Payload ${told(cost, 'payload')}, framing ${told(cost, 'framing')}, headers ${told(cost, 'headers')}.`,
            chance: 'exact',
          },
  },
];

const told = (cost: CarriedCost, part: Part): string =>
  `${formatBytes(Math.round(cost[part].value))} (${cost[part].grade})`;

const gradeOf = (cost: CarriedCost, parts: readonly Part[]) =>
  leastSure(parts.map((part) => cost[part].grade));

function perEvent(
  { cost, carried, blocks, subject }: MeasuredSubject,
  parts: readonly Part[],
): Reading | undefined {
  const events = carried.ats.length;
  if (cost === undefined || events === 0) return undefined;
  const value = parts.reduce((sum, part) => sum + cost[part].value, 0) / events;
  const isPolled = subject.channels.some(({ transport }) => transport === 'polling');
  return {
    value,
    grade: gradeOf(cost, parts),
    how: `${parts.map((part) => `${part} ${told(cost, part)}`).join(', ')}, shared out to ${eventsWord(carried.field, events)}. ${parts.map((part) => cost[part].how).join(' ')}`,
    chance: chanceOf(cost, blocks, parts, isPolled) ?? 'too few',
  };
}

/** What an event is here, so that nobody has to guess what was divided by what. */
export function eventsWord(field: string | undefined, events: number): string {
  return field === undefined
    ? `${formatCountOf(events, 'message')} of the app`
    : `${formatCount(events)} events (messages carry several, counted by “${field}”)`;
}

/** Stretches of time cost what was said in them; what is paid once, the opening, is the same in all. */
function chanceOf(
  cost: CarriedCost,
  blocks: readonly Block[],
  parts: readonly Part[],
  isPolled: boolean,
): Reading['chance'] | undefined {
  const sum = (read: (block: Block) => number) =>
    blocks.reduce((total, block) => total + read(block), 0);
  const rate = (part: Part, total: number) =>
    !parts.includes(part) || total === 0 ? 0 : cost[part].value / total;
  const byByte = rate(
    'payload',
    sum(({ bytes }) => bytes),
  );
  const byMessage = rate(
    'framing',
    sum(({ messages }) => messages),
  );
  const requests = sum((block) => block.requests);
  const byRequest = isPolled ? rate('headers', requests) : 0;
  const fixed = isPolled || !parts.includes('headers') ? 0 : cost.headers.value;
  return resampleMean(
    blocks,
    (block) => block.bytes * byByte + block.messages * byMessage + block.requests * byRequest,
    fixed,
  );
}
