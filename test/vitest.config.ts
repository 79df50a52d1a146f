import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/repository/*.test.ts'],
    // A property is tried many times, and the machine may have other things to do.
    testTimeout: 60_000,
    root: new URL('..', import.meta.url).pathname,
  },
});
