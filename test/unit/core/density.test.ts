import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDensity } from '../../../src/core/density.ts';

const message = fc.record({
  at: fc.double({ min: -1000, max: 1e7, noNaN: true }),
  direction: fc.constantFrom('sent' as const, 'received' as const),
  byteLength: fc.nat(1000),
});

describe('density', () => {
  it('counts every message once at any zoom', () => {
    const spans = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 50 }), spans, (messages, span) => {
        const density = createDensity();
        for (const { at, direction, byteLength } of messages) {
          density.add(at, direction, byteLength);
        }
        const seen = { sent: 0, received: 0, bytes: 0 };
        const starts: number[] = [];
        density.visit(density.widthFor(span), -1e12, 1e12, (start, bucket) => {
          starts.push(start);
          seen.sent += bucket.sent;
          seen.received += bucket.received;
          seen.bytes += bucket.bytes;
        });
        expect(seen).toEqual({
          sent: messages.filter(({ direction }) => direction === 'sent').length,
          received: messages.filter(({ direction }) => direction === 'received').length,
          bytes: messages.reduce((sum, { byteLength }) => sum + byteLength, 0),
        });
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
    );
  });

  it('shows the same buckets whether it walks the span or the buckets', () => {
    const density = createDensity();
    for (const at of [950, 120, 130, 5000]) density.add(at, 'received', 1);
    const walk = (to: number) => {
      const starts: number[] = [];
      density.visit(100, 0, to, (start) => starts.push(start));
      return starts;
    };
    expect(walk(200)).toEqual([100]);
    expect(walk(1e6)).toEqual([100, 900, 5000]);
  });

  it('answers the finest width that is no narrower than asked, and the widest beyond', () => {
    const density = createDensity();
    expect([0, 100, 101, 6000].map(density.widthFor)).toEqual([25, 100, 400, 6400]);
    expect(density.widthFor(Infinity)).toBe(100 * 4 ** 8);
  });
});
