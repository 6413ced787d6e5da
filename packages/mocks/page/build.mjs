/** Makes the page of the mock one script and one style sheet, with everything in them that they need. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await rm(at('dist'), { recursive: true, force: true });
await mkdir(at('dist'));
const { metafile } = await build({
  metafile: true,
  entryPoints: { page: at('src/main.tsx') },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  outdir: at('dist'),
  logLevel: 'warning',
  banner: { js: '/*! The licences of what is bundled here are in LICENSES.txt. */' },
});
await copyFile(at('src/page.html'), at('dist/page.html'));

/** The licence of each package that went into the script, as its author wrote it. */
const bundled = Object.keys(metafile.inputs).flatMap((input) => {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return name === undefined
    ? []
    : [[name, input.slice(0, input.lastIndexOf(`node_modules/${name}/`)) + `node_modules/${name}`]];
});
const notices = [...new Map(bundled)]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(async ([name, folder]) => {
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n\n${(await readFile(join(folder, 'LICENSE'), 'utf8')).trim()}\n`;
  });
await writeFile(at('dist/LICENSES.txt'), (await Promise.all(notices)).join(`\n${'-'.repeat(80)}\n\n`));
