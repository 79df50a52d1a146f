import { expect, test } from 'vitest';
import { describeError } from '../../../src/lab/cli/describe-error.ts';

const systemError = (code: string, place: object) =>
  Object.assign(new Error(`${code}: words of the system`), { code, ...place });

test.each([
  [systemError('ENOENT', { path: '/a' }), '/a: there is no such file or folder.'],
  [systemError('ENOSPC', { path: '/a', dest: '/b' }), '/b: the disk is full.'],
  [systemError('EADDRINUSE', { port: 80 }), 'port 80: this port is in use.'],
  [systemError('EODD', {}), 'EODD: words of the system'],
  [new Error('page.click: it failed\nCall log:\n  - waiting'), 'page.click: it failed'],
  [
    new Error(
      'browserType.launchPersistentContext: closed\nBrowser logs:\n\u001b[2mx: error while loading shared libraries: libnss3.so: no such file\u001b[22m',
    ),
    'The browser did not start: error while loading shared libraries: libnss3.so: no such file',
  ],
])('%s is one line for the user', (error, line) => {
  expect(describeError(error)).toBe(line);
});
