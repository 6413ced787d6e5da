/** Makes the page of the mock one script and one style sheet, with everything in them that they need. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await rm(at('dist'), { recursive: true, force: true });
await mkdir(at('dist'));
await build({
  entryPoints: { page: at('src/main.tsx') },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  outdir: at('dist'),
  logLevel: 'warning',
  banner: {
    js: '/*! With Preact (MIT, (c) 2015-present Jason Miller) and Preact Signals (MIT, (c) 2022-present Preact Team). */',
  },
});
await copyFile(at('src/page.html'), at('dist/page.html'));
