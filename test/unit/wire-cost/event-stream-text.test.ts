import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOverhead, lineCount } from '../../../src/core/wire-cost/event-stream-text.ts';
import { utf8Length } from '../../../src/core/utf8-length.ts';
import { encodeEvent } from '../../../src/lab/event-stream.ts';

describe('an event', () => {
  it('takes as many bytes as the lab writes for it', () => {
    const data = fc.string({ unit: fc.constantFrom('a', 'é', '"', '\n', '{') });
    const name = fc.stringMatching(/^[a-zé]{1,8}$/u);
    fc.assert(
      fc.property(data, fc.option(name), fc.option(name), (text, type, id) => {
        const written = encodeEvent({
          data: text,
          ...(type !== null && { type }),
          ...(id !== null && { id }),
        });
        const overhead = eventOverhead({
          lines: lineCount(text),
          eventType: type ?? undefined,
          id: id ?? undefined,
        });
        expect(utf8Length(text) + overhead).toBe(utf8Length(written));
      }),
    );
  });

  it('needs no field for the type that it has without one', () => {
    expect(eventOverhead({ lines: 1, eventType: 'message' })).toBe('data: \n\n'.length);
  });
});

it('each of the three line ends begins a line', () => {
  expect(lineCount('')).toBe(1);
  expect(lineCount('a\r\nb\rc\nd')).toBe(4);
});
