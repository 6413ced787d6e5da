/** `pnpm docs`: builds the site and serves it; with `--build`, only builds it. */
import { fileURLToPath } from 'node:url';
import { build, serve } from 'vitepress';
import { prepare } from './prepare.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
await prepare();
await build(folder);
if (!process.argv.includes('--build')) {
  const port = Number(process.env['PORT'] ?? 4173);
  await serve({ root: folder, port });
}
