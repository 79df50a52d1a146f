import { describe, expect, it, vi } from 'vitest';
import type { Records } from '../../../src/bridge/envelope.ts';
import { recordMessage } from '../../../src/page/message.ts';
import { fillIn, seenMessage } from '../../../src/page/payload.ts';
import { createRecorder } from '../../../src/page/recorder.ts';
import { limitsOf } from '../../builders/tap.ts';

/** What a tap fills in, without what it knew before. */
function capture(data: unknown, limit = 1_000) {
  const fact = fillIn(seenMessage(1, 'sent'), data, limit);
  if (fact === undefined) return undefined;
  const { dataType, byteLength, payload, payloadState } = fact;
  return { dataType, byteLength, payload, payloadState };
}

describe('captured text', () => {
  it('is whole, with its length in UTF-8', () => {
    const whole = { dataType: 'string', payloadState: 'whole' };
    expect(capture('')).toEqual({ ...whole, byteLength: 0, payload: '' });
    expect(capture('aé€😀')).toEqual({ ...whole, byteLength: 10, payload: 'aé€😀' });
  });

  it('has U+FFFD in place of lone surrogates, as the native sends it', () => {
    expect(capture('a\ud800b')).toMatchObject({ payload: 'a\ufffdb', byteLength: 5 });
    expect(capture('\udc00')).toMatchObject({ payload: '\ufffd', byteLength: 3 });
  });

  it('is cut beyond the limit, to a beginning within it, with its true length', () => {
    const cut = capture('€'.repeat(10), 9);
    expect(cut).toEqual({
      dataType: 'string',
      byteLength: 30,
      payload: '€€€',
      payloadState: 'cut',
    });
    expect(capture('€'.repeat(3), 9)?.payloadState).toBe('whole');
  });

  it('is what other primitives are converted to', () => {
    expect(capture(7)).toMatchObject({ payload: '7', dataType: 'string' });
    expect(capture(null)).toMatchObject({ payload: 'null' });
    expect(capture(undefined)).toMatchObject({ payload: 'undefined' });
    expect(capture(10n)).toMatchObject({ payload: '10' });
  });
});

describe('captured bytes', () => {
  const buffer = () => new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]).buffer;

  it('are a copy: what the page does later does not change them', () => {
    const data = buffer();
    const captured = capture(data);
    new Uint8Array(data).fill(9);
    structuredClone(data, { transfer: [data] });
    expect(captured).toEqual({
      dataType: 'arraybuffer',
      byteLength: 8,
      payload: new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]),
      payloadState: 'whole',
    });
  });

  it('are those that a view shows, and no more of its buffer', () => {
    const whole = buffer();
    const views = [
      new Uint8Array(whole, 2, 4),
      new DataView(whole, 2, 4),
      new Uint16Array(whole, 2, 2),
    ];
    for (const view of views) {
      const captured = capture(view);
      expect(captured).toMatchObject({ dataType: 'view', byteLength: 4, payloadState: 'whole' });
      expect(captured?.payload).toEqual(new Uint8Array([2, 3, 4, 5]));
      expect((captured?.payload as Uint8Array).buffer.byteLength).toBe(4);
    }
  });

  it('are read past what a page has put over the native accessors', () => {
    const view = new Uint8Array(buffer(), 1, 2);
    for (const key of ['buffer', 'byteOffset', 'byteLength', 'length']) {
      Object.defineProperty(view, key, {
        get: () => {
          throw new Error('page code ran');
        },
      });
    }
    expect(capture(view)?.payload).toEqual(new Uint8Array([1, 2]));
  });

  it('are cut beyond the limit, with their true length', () => {
    const captured = capture(new Uint8Array(buffer(), 1), 3);
    expect(captured).toMatchObject({ byteLength: 7, payloadState: 'cut' });
    expect(captured?.payload).toEqual(new Uint8Array([1, 2, 3]));
  });

  it('of a Blob are still to come, or beyond the limit never come', () => {
    const about = { dataType: 'blob', byteLength: 3, payload: null };
    expect(capture(new Blob(['abc']))).toEqual({ ...about, payloadState: 'pending' });
    expect(capture(new Blob(['abc']), 2)).toEqual({ ...about, payloadState: 'cut' });
  });

  it('are none of what no API here takes', () => {
    expect(capture(new SharedArrayBuffer(4))).toBeUndefined();
    expect(capture({})).toBeUndefined();
  });
});

describe('a recorded message', () => {
  function recordAndSend(data: unknown) {
    const sent: Records[] = [];
    const limits = limitsOf({ batchRecords: 1 });
    const recorder = createRecorder(limits, (batch) => sent.push(structuredClone(batch)));
    recorder.obey({ kind: 'start', after: 0 });
    recordMessage(recorder, limits, data, seenMessage(1, 'sent'));
    return () => sent.flatMap(({ records }) => records.map(({ fact }) => fact));
  }

  it('holds its place while its Blob is read', async () => {
    const blob = new Blob([new Uint8Array([1, 2, 3])]);
    const facts = recordAndSend(blob);
    expect(facts()).toMatchObject([{ kind: 'message', payloadState: 'pending', byteLength: 3 }]);
    await vi.waitUntil(() => facts().length === 2);
    expect(facts()[1]).toMatchObject({
      kind: 'payload-arrived',
      message: 1,
      payload: new Uint8Array([1, 2, 3]),
      payloadState: 'whole',
    });
  });

  it('is none where there is no data', () => {
    expect(recordAndSend({})()).toEqual([]);
  });
});
