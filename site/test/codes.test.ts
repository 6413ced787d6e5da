import { expect, test } from 'vitest';
import { codeSections } from '../codes.js';

/** What the page says of a code. */
async function sectionOf(code: string): Promise<string> {
  const sections = (await codeSections()).split(/^### /m);
  return sections.find((section) => section.startsWith(`${code}\n`))!;
}

test('every code has its meaning', async () => {
  expect(await codeSections()).not.toContain('undefined');
  expect(await sectionOf('LimitExceeded')).toContain('A quota is exceeded');
});

test('what may have been executed is not said to be tried again, nor what one action documents of all', async () => {
  const service = await sectionOf('ServiceUnavailable');
  expect(service).toContain('tries again by itself only if the action is safe or idempotent');
  const limit = await sectionOf('LimitExceeded.OutOfCountLimit');
  expect(limit).toContain('- `CreatePredictiveDialingCampaign`: ');
  expect(limit).toContain('Other actions do not document this code: from them, its outcome is `unknown`');
});

test('after a failed look-up, nobody is told to settle', async () => {
  expect(await sectionOf('NotFound')).toContain('Keep `marker`');
  expect(await sectionOf('FoundTwice')).toContain('Do not call again');
});
