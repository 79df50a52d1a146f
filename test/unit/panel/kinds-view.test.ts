import { describe, expect, it } from 'vitest';
import { MOST_KINDS } from '../../../src/core/kinds/kind-book.ts';
import type { KindRow } from '../../../src/panel/decoding/snapshots.ts';
import {
  decoderOffers,
  stackOfValue,
  stackValue,
} from '../../../src/panel/views/kinds/decoder-offers.ts';
import { type KindSort, orderKinds, sortBy } from '../../../src/panel/views/kinds/kind-order.ts';
import { sparkPath } from '../../../src/panel/views/kinds/spark-path.ts';

const kind = (id: number, name: string, messages: number) => ({ id, name, messages }) as KindRow;
const names = (kinds: readonly KindRow[]) => kinds.map(({ name }) => name);
const byMessages: KindSort = { column: 'messages', isDescending: true };

describe('the order of kinds', () => {
  const kinds = [kind(0, 'quote', 3), kind(1, 'ack', 9), kind(2, 'bye', 3)];

  it('is by a column, and of equal ones by who came first', () => {
    expect(names(orderKinds(kinds, byMessages))).toEqual(['ack', 'quote', 'bye']);
    expect(names(orderKinds(kinds, { column: 'name', isDescending: false }))).toEqual([
      'ack',
      'bye',
      'quote',
    ]);
  });

  it('stays while it is read, with new kinds below', () => {
    const grown = [kind(0, 'quote', 99), kind(1, 'ack', 9), kind(2, 'bye', 3), kind(3, 'late', 50)];
    expect(names(orderKinds(grown, byMessages, [1, 0, 2]))).toEqual([
      'ack',
      'quote',
      'bye',
      'late',
    ]);
    expect(names(orderKinds(grown, byMessages))).toEqual(['quote', 'late', 'ack', 'bye']);
  });

  it('turns over with the second click on a column', () => {
    expect(sortBy('messages', byMessages)).toEqual({ column: 'messages', isDescending: false });
    expect(sortBy('bytes', byMessages)).toEqual({ column: 'bytes', isDescending: true });
    expect(sortBy('name', byMessages)).toEqual({ column: 'name', isDescending: false });
  });

  it('has room for as many kinds as there can be', () => {
    const all = Array.from({ length: MOST_KINDS }, (_, id) => kind(id, `k${id}`, id));
    expect(orderKinds(all, byMessages)[0]?.id).toBe(MOST_KINDS - 1);
  });
});

describe('the decoders on offer', () => {
  const decoders = [
    { id: 'engine.io', isCarrier: true },
    { id: 'socket.io', isCarrier: false },
    { id: 'json', isCarrier: false },
  ] as const;

  it('are for the whole message where nothing is around it', () => {
    expect(decoderOffers(decoders, ['json'])).toEqual([
      {
        heading: 'The whole message',
        offers: [
          { value: 'engine.io', label: 'Engine.IO' },
          { value: 'json', label: 'JSON' },
          { value: 'socket.io', label: 'Socket.IO' },
        ],
      },
    ]);
  });

  it('are first for what is inside a carrier', () => {
    const [inside] = decoderOffers(decoders, ['engine.io', 'json']);
    expect(inside?.heading).toBe('Inside Engine.IO');
    expect(inside?.offers.map(({ value }) => value)).toEqual([
      'engine.io json',
      'engine.io socket.io',
    ]);
  });

  it('are written and read as one value', () => {
    for (const stack of [[], ['json'], ['engine.io', 'socket.io']] as const) {
      expect(stackOfValue(stackValue(stack))).toEqual(stack);
    }
  });
});

describe('a sparkline', () => {
  it('has a bar for each stretch in which something came', () => {
    const path = sparkPath([0, 4, 0, 1], { width: 40, height: 10 });
    expect(path).toBe('M10,10v-10h9.5v10zM30,10v-5h9.5v5z');
    expect(sparkPath([0, 0], { width: 40, height: 10 })).toBe('');
  });
});
