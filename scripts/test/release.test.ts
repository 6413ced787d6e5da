import { describe, expect, test } from 'vitest';
import { manifestProblems } from '../release/checks.js';
import { unexpectedLicences } from '../release/consumer.js';
import { missingIdentity, publishedPackages, readManifest } from '../release/project.js';

const identity = {
  repository: { type: 'git', url: 'git+https://github.com/owner/name.git' },
  homepage: 'https://docs.example.com',
  bugs: { url: 'https://github.com/owner/name/issues' },
};

describe('where the project lives', () => {
  test('is said in one place, the package.json of the root', async () => {
    for (const { folder } of await publishedPackages()) {
      const manifest = await readManifest(`packages/${folder}`);
      expect([folder, manifest.repository, manifest.homepage, manifest.bugs]).toEqual([folder, ...Array(3)]);
    }
  });

  test('has to be known before anything is published', () => {
    expect(missingIdentity({})).toEqual(['repository', 'homepage', 'bugs']);
    expect(missingIdentity(identity)).toEqual([]);
  });

  test.each([
    [{ repository: { type: 'git', url: 'owner/name' } }, ['repository']],
    [{ homepage: 'docs.example.com' }, ['homepage']],
    [{ homepage: 'https://docs.example.com/' }, ['homepage']],
    [{ bugs: { url: '' } }, ['bugs']],
  ])('is refused if it is %o', (wrong, fields) => {
    expect(missingIdentity({ ...identity, ...wrong })).toEqual(fields);
  });
});

describe('a manifest', () => {
  const problems = (more: object) =>
    manifestProblems({ manifest: { name: 'x', version: '1.0.0', license: 'MIT', ...more } });

  test('may have ranges', () => {
    expect(problems({ dependencies: { undici: '^7.0.0' }, peerDependencies: { redis: '>=6 <8' } })).toEqual(
      [],
    );
  });

  test.each(['workspace:^', 'catalog:', 'file:../core', 'git+https://example.com/x.git'])(
    'with the range %s is refused',
    (range) => {
      expect(problems({ dependencies: { core: range } })).toEqual([expect.stringContaining(range)]);
      expect(problems({ peerDependencies: { core: range } })).toEqual([expect.stringContaining(range)]);
    },
  );

  test('with a pinned dependency is refused', () => {
    expect(problems({ dependencies: { undici: '7.30.2' } })).toEqual([
      expect.stringContaining('Use a range'),
    ]);
  });

  test('without a licence, or private, is refused', () => {
    expect(problems({ license: undefined })).toHaveLength(1);
    expect(problems({ private: true })).toHaveLength(1);
  });
});

test('only licences that the user of an MIT package expects pass', () => {
  const licences = ['MIT', 'ISC', '(BSD-3-Clause OR GPL-2.0)', 'Apache-2.0', 'GPL-3.0-only', 'none'];
  const found = unexpectedLicences(licences.map((licence) => ({ name: licence, licence })));
  expect(found.map((problem) => problem.split(' ')[0])).toEqual(['GPL-3.0-only', 'none']);
});

test('packages come after those that they depend on', async () => {
  const order = (await publishedPackages()).map(({ folder }) => folder);
  expect(order.indexOf('core')).toBeLessThan(order.indexOf('outbound'));
  expect(order.indexOf('outbound')).toBeLessThan(order.indexOf('mocks'));
  expect(order.indexOf('outbound')).toBeLessThan(order.indexOf('bulk'));
});
