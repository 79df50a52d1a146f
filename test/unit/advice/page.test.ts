import { expect, it } from 'vitest';
import { writeAdvicePage } from '../../advice/advice-page.ts';

it('docs/advice.md tells what each rule says', async () => {
  await expect(await writeAdvicePage()).toMatchFileSnapshot('../../../docs/advice.md');
});
