import type { Channel } from '../../../core/channel.ts';
import type { KindBasis } from '../../../core/kinds/name-kind.ts';
import type { TimeWindow } from '../../../core/time-window.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { KindsSnapshot } from '../../decoding/snapshots.ts';
import { DIRECTION_LOOK } from '../../ui/transport-look.ts';

/** How a kind got its name, for its title. */
export const BASIS_WORDS: Readonly<Record<KindBasis, string>> = {
  protocol: 'named by its protocol',
  field: 'named by a field that was found by itself',
  shape: 'named by its fields: nothing in it says what it is',
  format: 'named by its format: nothing in it says what it is',
};

const HOW: Readonly<Record<KindBasis, string>> = {
  protocol: 'the protocol’s own names',
  field: '',
  shape: 'the names of fields',
  format: 'the format',
};

/** On one line, how the kinds of a channel are told apart. */
export function namingWords({ kinds, fields }: KindsSnapshot): string {
  const bases = new Set(kinds.map(({ basis }) => basis));
  const found = [...new Set([fields.sent?.name, fields.received?.name])]
    .filter((name) => name !== undefined)
    .map((name) => `field “${name}”`);
  const ways = (['protocol', 'field', 'shape', 'format'] as const)
    .filter((basis) => bases.has(basis))
    .flatMap((basis) =>
      basis === 'field' ? (found.length > 0 ? found : ['first word']) : HOW[basis],
    );
  return ways.length === 0 ? '' : `Told apart by ${ways.join(', ')}`;
}

/** Why these fields, each on a line. */
export const fieldEvidence = ({ fields }: KindsSnapshot): string[] =>
  (['sent', 'received'] as const).flatMap((direction) => {
    const field = fields[direction];
    return field === undefined ? [] : [`${DIRECTION_LOOK[direction].glyph} ${field.evidence}`];
  });

/** From its first connection to its end, or to now where one is still there. */
export function channelLife({ connections }: Channel, now: Milliseconds): TimeWindow {
  const from = connections[0]?.createdAt ?? 0;
  const ends = connections.map(({ endedAt }) => endedAt ?? now);
  return { from, to: ends.reduce((last, end) => Math.max(last, end), from) };
}
