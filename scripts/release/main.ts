/** `pnpm release`: packs, checks, tries and publishes every package whose version is not published yet. */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readArgs } from '../support/args.js';
import { root } from '../support/root.js';
import { problemsOf } from './checks.js';
import { Consumer, unexpectedLicences } from './consumer.js';
import type { Packed } from './pack.js';
import { packAll } from './pack.js';
import type { Identity } from './project.js';
import { missingIdentity, publishedPackages, readManifest } from './project.js';
import { tryPackages } from './try.js';

const run = promisify(execFile);
const { isDryRun, target } = readArgs(
  'pnpm release [--dry-run] [--out <folder>]',
  { 'dry-run': { type: 'boolean' }, out: { type: 'string' } },
  (values) => ({ isDryRun: values['dry-run'] === true, target: values.out ?? join(root, '.release') }),
);

const manifest = await readManifest('.');
const missing = missingIdentity(manifest);
if (missing.length > 0 && !isDryRun) refuse();

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const identity = missing.length > 0 ? undefined : (manifest as Identity);

const all = await packAll(await publishedPackages(), target, identity);
await check();
await attempt();
if (missing.length > 0) {
  console.log(`\nNothing was published, and nothing could be: ${needs()}`);
} else if (isDryRun) {
  console.log('\nAll is well. Nothing was published.');
} else {
  for (const one of all) await publish(one);
}

function needs(): string {
  return `package.json of the root needs ${missing.join(', ')}. Every package takes them from there.`;
}

function refuse(): never {
  console.error(`Nothing was published: ${needs()}`);
  process.exit(1);
}

async function check(): Promise<void> {
  let count = 0;
  for (const packed of all) {
    const problems = await problemsOf(packed, identity !== undefined);
    count += problems.length;
    const { name, version } = packed.manifest;
    console.log(`${name}@${version}: ${packed.files.length} files, ${problems.length} problems`);
    for (const problem of problems) console.error(`  ${problem}`);
  }
  if (count > 0) process.exit(1);
}

/** Installs all of them where nothing else is, and runs them. */
async function attempt(): Promise<void> {
  const consumer = await Consumer.make(all, { '@opentelemetry/api': '^1.9.0' });
  try {
    const optional = /\/(bullmq|postgres|redis|fleet|jest|vitest)$/;
    const entries = all.flatMap(({ manifest: { name, exports = {} } }) =>
      Object.entries(exports)
        .filter(([path, to]) => typeof to !== 'string' && !optional.test(path))
        .map(([path]) => name + path.slice(1)),
    );
    await tryPackages(consumer, entries);
    console.log(
      `\nInstalled in an empty project: a call, a require, ${entries.length} imports and two commands work.`,
    );
    const licences = await consumer.licences();
    const unexpected = unexpectedLicences(licences);
    if (unexpected.length > 0) throw new Error(unexpected.join('\n'));
    console.log(`${licences.length} packages in all; their licences are as expected.`);
    await writeFile(join(target, 'sbom.cdx.json'), await consumer.billOfMaterials());
    console.log(`Bill of materials: ${join(target, 'sbom.cdx.json')}`);
  } finally {
    await consumer[Symbol.asyncDispose]();
  }
}

/** Uploads the file that was checked. In CI, npm gets its credentials and signs the provenance by OpenID Connect. */
async function publish({ tarball, manifest: { name, version } }: Packed): Promise<void> {
  const known = await run('npm', ['view', `${name}@${version}`, 'version']).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  );
  if (known) return console.log(`${name}@${version} is published already.`);
  const provenance = process.env['CI'] === 'true' ? ['--provenance'] : [];
  await run('npm', ['publish', tarball, '--access', 'public', ...provenance]);
  // The action of changesets reads these lines, and makes the tags and releases.
  console.log(`New tag: ${name}@${version}`);
}
