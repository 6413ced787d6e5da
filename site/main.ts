/** `pnpm site`: builds the site and serves it. (`pnpm docs` is a command of pnpm itself.) */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, serve } from 'vitepress';
import { prepare } from './prepare.js';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    build: { type: 'boolean', default: false },
    port: { type: 'string', default: '4173' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(
    'pnpm site [--build] [--port <number>]: builds the site, and serves it unless --build is given.\n',
  );
} else {
  const root = fileURLToPath(new URL('.', import.meta.url));
  await prepare();
  await build(root);
  if (!values.build) await serve({ root, port: Number(values.port) });
}
