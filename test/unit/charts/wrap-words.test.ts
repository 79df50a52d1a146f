import { expect, it } from 'vitest';
import { wrapWords } from '../../../src/panel/charts/wrap-words.ts';

it('lines break between words, and a word that is too long stays whole', () => {
  expect(wrapWords('the server closed it', 10)).toEqual(['the server', 'closed it']);
  expect(wrapWords('an incomprehensible end', 6)).toEqual(['an', 'incomprehensible', 'end']);
});
