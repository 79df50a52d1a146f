import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../src/core/filter.ts';
import { kindFilter, readKindFilter } from '../../../src/core/kinds/kind-filter.ts';
import type { MessageFact } from '../../../src/core/facts.ts';

const message = (direction: MessageFact['direction']) => ({ direction }) as MessageFact;
const direction = fc.constantFrom('sent' as const, 'received' as const);

describe('the filter of a kind', () => {
  it('lets the messages of that kind and direction pass, whatever its name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), direction, (name, direction) => {
        fc.pre(name.replaceAll('"', '') !== '');
        const test = parseFilter(kindFilter({ name, direction }), {
          kindOf: (row) => (row === 1 ? name : `${name}s`),
        });
        const other = direction === 'sent' ? 'received' : 'sent';
        expect(test?.(message(direction), 1)).toBe(true);
        expect(test?.(message(direction), 2)).toBe(false);
        expect(test?.(message(other), 1)).toBe(false);
      }),
    );
  });

  it('is read back, and nothing else is', () => {
    const kind = { name: 'price update', direction: 'received' } as const;
    expect(readKindFilter(kindFilter(kind))).toEqual(kind);
    for (const text of ['', 'kind:quote', 'kind:"quote"', 'kind:"a" dir:sent -x', 'quote']) {
      expect(readKindFilter(text)).toBeUndefined();
    }
  });
});
