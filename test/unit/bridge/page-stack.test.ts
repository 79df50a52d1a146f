import { describe, expect, it } from 'vitest';
import { pageStack } from '../../../src/bridge/page-stack.ts';

describe('the stack of an initiator', () => {
  it('begins with the page’s own call, in the words of both engines', () => {
    const chromium = [
      'Error',
      '    at q (chrome-extension://abc/src/page/main.iife.js:1:53)',
      '    at Object.construct (chrome-extension://abc/src/page/main.iife.js:1:99)',
      '    at connect (https://shop.test/app.js:10:5)',
    ];
    expect(pageStack(chromium.join('\n'))).toBe(chromium[3]);
    const firefox = [
      'q@moz-extension://abc/src/page/main.iife.js:1:53',
      'connect@https://a.test/b.js:1:2',
    ];
    expect(pageStack(firefox.join('\n'))).toBe(firefox[1]);
  });

  it('is unknown where nothing of the page’s is on it', () => {
    expect(
      pageStack('Error\n    at q (chrome-extension://abc/src/page/main.iife.js:1:5)'),
    ).toBeUndefined();
  });

  it('is bounded, and kept where nothing of ours is on it', () => {
    expect(pageStack('at a (https://shop.test/app.js:1:1)')).toBe(
      'at a (https://shop.test/app.js:1:1)',
    );
    expect(pageStack('x'.repeat(100_000))).toHaveLength(4_000);
  });
});
