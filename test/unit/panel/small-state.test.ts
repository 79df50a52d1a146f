import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserName } from '../../../src/panel/state/browser-name.ts';
import { fileName, gatherFile } from '../../../src/panel/state/save-file.ts';
import { parseInitiator } from '../../../src/panel/views/initiator.ts';

describe('the name of a browser', () => {
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

  it('is its engine with its version', () => {
    const brands = [
      { brand: 'Not A(Brand', version: '99' },
      { brand: 'Chromium', version: '156' },
      { brand: 'Some Browser', version: '12' },
    ];
    expect(browserName({ userAgent: '', userAgentData: { brands } })).toBe('Chromium 156');
    expect(browserName({ userAgent })).toBe('Firefox 153.0');
    expect(browserName({ userAgent, userAgentData: { brands: [] } })).toBe('Firefox 153.0');
  });

  it('is admitted to be unknown', () => {
    expect(browserName({ userAgent: 'curl/8' })).toBe('unknown browser');
  });
});

describe('the name of a file', () => {
  const startedAt = Date.UTC(2026, 10, 20, 10, 15, 0, 123.4);

  it('says which page and when', () => {
    expect(fileName('https://example.org:8443/a?b', startedAt, 'har')).toBe(
      'wirescope-example.org-2026-11-20-101500.har',
    );
  });

  it('does without a host where there is none', () => {
    for (const url of ['', 'about:blank', 'no url', 'data:text/plain,hello']) {
      expect(fileName(url, startedAt, 'jsonl')).toBe('wirescope-2026-11-20-101500.jsonl');
    }
  });
});

describe('a file that is gathered', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Pieces that each take as long as a slice of time. */
  function* slowly(...pieces: string[]): Generator<string> {
    for (const piece of pieces) {
      vi.advanceTimersByTime(20);
      yield piece;
    }
  }

  it('is all of its pieces, and says how far it is', async () => {
    const onProgress = vi.fn();
    const gathering = gatherFile(slowly('ab', 'c€', 'd'), 'text/x', {
      isCancelled: false,
      onProgress,
    });
    await vi.runAllTimersAsync();
    const file = await gathering;
    expect(file?.type).toBe('text/x');
    expect(await file?.text()).toBe('abc€d');
    expect(onProgress.mock.calls).toEqual([[2], [4], [5]]);
  });

  it('is whole also when it is larger than one part', async () => {
    const piece = 'x'.repeat(700_000);
    const job = { isCancelled: false, onProgress: () => undefined };
    const gathering = gatherFile([piece, piece, piece], 'text/x', job);
    await vi.runAllTimersAsync();
    expect((await gathering)?.size).toBe(2_100_000);
  });

  it('is none when it was cancelled, and asks for no more pieces', async () => {
    const pieces = slowly('a', 'b', 'c');
    const job = { isCancelled: false, onProgress: () => (job.isCancelled = true) };
    const gathering = gatherFile(pieces, 'text/x', job);
    await vi.runAllTimersAsync();
    expect(await gathering).toBeUndefined();
    expect(pieces.next().done).toBe(true);
  });
});

describe('the call sites of a connection', () => {
  const expected = [
    { name: 'connect', short: 'app.js', line: 10, column: 5 },
    { name: 'start', short: 'main.js', line: 3, column: 1 },
  ];

  it('are read from the stack of Chromium', () => {
    const stack = [
      'Error',
      '    at Object.construct (chrome-extension://abcdef/src/page/main.iife.js:1:200)',
      '    at connect (https://shop.test/js/app.js:10:5)',
      '    at start (https://shop.test/main.js:3:1)',
    ].join('\n');
    expect(parseInitiator(stack)).toMatchObject(expected);
    expect(parseInitiator(stack)[0]?.url).toBe('https://shop.test/js/app.js');
  });

  it('are read from the stack of Firefox', () => {
    const stack = [
      'construct@moz-extension://0123-4567/src/page/main.iife.js:1:200',
      'connect@https://shop.test/js/app.js:10:5',
      'start@https://shop.test/main.js:3:1',
      '',
    ].join('\n');
    expect(parseInitiator(stack)).toMatchObject(expected);
  });

  it('are none where there is no stack, or no sense in it', () => {
    for (const odd of [undefined, '', 'nothing', '\n\n']) {
      expect(parseInitiator(odd)).toEqual([]);
    }
  });
});
