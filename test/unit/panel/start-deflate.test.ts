import { describe, expect, it, vi } from 'vitest';
import { startNodeDeflate } from '../../../src/lab/cli/node-deflate.ts';
import { startDeflate } from '../../../src/panel/state/start-deflate.ts';

const MESSAGES = Array.from({ length: 300 }, (_, index) =>
  new TextEncoder().encode(
    JSON.stringify({
      type: 'quote',
      symbol: ['ACME', 'BETA'][index % 2],
      price: 12.5 + index / 10,
    }),
  ),
);

describe('the panel’s compressor', () => {
  it('measures what zlib does, but for a few percent', async () => {
    const [own, zlib] = [startDeflate(() => Promise.resolve()), startNodeDeflate()];
    let [ours, theirs] = [0, 0];
    for (const message of MESSAGES) {
      const length = await own.add(message);
      expect(length).toBeGreaterThan(4);
      ours += length;
      theirs += await zlib.add(message);
    }
    zlib.close();
    expect(ours / theirs).toBeGreaterThan(0.9);
    expect(ours / theirs).toBeLessThan(1.1);
  });

  it('gives way when it has worked for a while', async () => {
    vi.useFakeTimers();
    const giveWay = vi.fn(() => Promise.resolve());
    const own = startDeflate(giveWay);
    const [message = new Uint8Array()] = MESSAGES;
    await own.add(message);
    expect(giveWay).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20);
    await own.add(message);
    expect(giveWay).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});
