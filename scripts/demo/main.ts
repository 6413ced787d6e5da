/**
 * `pnpm demo`: the product in one run, against the mock of the service over real HTTP.
 * `pnpm demo -- --picture` also draws what it printed: docs/demo.svg.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { pageHint } from './hint.js';
import { drawTerminal } from './picture.js';
import { runDemo } from './scenes.js';

const root = new URL('../../', import.meta.url);

/** The command that the picture shows before its output. */
async function demoCommand(): Promise<string> {
  const { packageManager } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
    packageManager: string;
  };
  return `$ npx -y ${packageManager} demo`;
}

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { picture: { type: 'boolean', default: false } },
});
const hasColours = process.stdout.isTTY && process.stdout.hasColors();
const lines: string[] = [];
await runDemo((line) => {
  lines.push(line);
  console.log(hasColours ? line : stripVTControlCharacters(line));
});
console.log(pageHint((await demoCommand()).slice('$ '.length)));
if (values.picture) {
  const file = fileURLToPath(new URL('docs/demo.svg', root));
  await writeFile(
    file,
    await drawTerminal([await demoCommand(), '', ...lines.slice(0, -1)], 'The demo of tccc'),
  );
  console.log(`The picture is ${file}.`);
}
