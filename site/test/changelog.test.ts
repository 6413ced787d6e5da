import { expect, test } from 'vitest';
import { changelogPage } from '../changelog.js';

test('the changelog has what waits, and each release with what is the same in several packages once', () => {
  const changeset = "---\n'@tccc/core': minor\n'@tccc/otel': minor\n---\n\nSee what\na call does.\n";
  const core =
    '# @tccc/core\n\n## 0.3.0\n\n### Minor Changes\n\n- 1234567: Faster.\n\n## 0.2.0\n\n### Minor Changes\n\n- abcdef0: The first release.\n';
  const outbound =
    '# @tccc/outbound\n\n## 0.3.0\n\n### Patch Changes\n\n- Updated dependencies [1234567]\n  - @tccc/core@0.3.0\n\n## 0.2.0\n\n- abcdef0: The first release.\n';
  expect(changelogPage([changeset], { core, outbound })).toBe(
    `# Changelog

All packages have the same version. [What a version promises](./policy.md).

## Next

- See what a call does. (\`core\`, \`otel\`)

## 0.3.0

- Faster. (\`core\`)

## 0.2.0

- The first release. (\`core\`, \`outbound\`)`,
  );
});

test('a changelog without releases has what waits only', () => {
  expect(changelogPage([], {})).not.toContain('## ');
});
