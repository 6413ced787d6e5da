/**
 * `pnpm generate` writes everything that is generated from `spec/`.
 * `pnpm generate --check` writes nothing, compares, and fails where the tree is not what the spec makes.
 */
import { join } from 'node:path';
import { generate } from './generate.js';
import { root } from '../support/root.js';
import { findDrift, writeTree } from './tree.js';

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--check' && arg !== '--');
  if (unknown.length > 0) {
    console.error(`Unknown argument ${unknown[0]}. Usage: pnpm generate [--check]`);
    return 2;
  }
  const files = await generate(join(root, 'spec'));
  if (!args.includes('--check')) {
    await writeTree(root, files);
    console.log(`Generated ${files.size} files from spec/.`);
    return 0;
  }
  const drift = await findDrift(root, files);
  if (drift.length === 0) {
    console.log(`All ${files.size} generated files are what spec/ makes.`);
    return 0;
  }
  console.error('Generated files are not what spec/ makes:');
  for (const { path, problem } of drift) console.error(`  ${path} ${problem}`);
  console.error('Run: pnpm generate');
  return 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
