import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import {
  closeFrameLength,
  frameHeaderLength,
} from '../../../src/core/wire-cost/websocket-frames.ts';

/** Exported, and missing from the types. */
const { Sender } = ws as unknown as {
  Sender: { frame: (data: Buffer, options: object) => Buffer[] };
};

/** What `ws` puts on the wire for one message. */
function framed(length: number, mask: boolean): number {
  const options = { fin: true, opcode: 2, mask, readOnly: true, rsv1: false };
  return Sender.frame(Buffer.alloc(length), options).reduce((sum, part) => sum + part.length, 0);
}

describe('the header of a frame', () => {
  it.each([
    [0, 2],
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])('of %i bytes takes %i, and four more where it is masked', (length, header) => {
    expect(frameHeaderLength(length, false)).toBe(header);
    expect(frameHeaderLength(length, true)).toBe(header + 4);
  });

  it('is as long as the one that ws writes', () => {
    const lengths = fc.oneof(fc.nat(300), fc.integer({ min: 65_000, max: 66_000 }));
    fc.assert(
      fc.property(lengths, fc.boolean(), (length, isMasked) => {
        expect(frameHeaderLength(length, isMasked) + length).toBe(framed(length, isMasked));
      }),
    );
  });
});

it('a close frame holds a code of two bytes and its reason, or nothing', () => {
  expect(closeFrameLength(1000, 0, false)).toBe(4);
  expect(closeFrameLength(4001, 3, true)).toBe(11);
  expect(closeFrameLength(undefined, 0, true)).toBe(6);
  expect(closeFrameLength(1005, 0, false)).toBe(2);
});
