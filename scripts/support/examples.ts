import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { SHORT_LIFE } from '../../packages/core/test/support/bundled.js';
import { PACKAGES } from './copy.js';
import { root } from './root.js';

const run = promisify(execFile);

/** A block of TypeScript in a page. */
export interface Example {
  page: string;
  /** Of the first line of the block, counted from 1. */
  line: number;
  source: string;
}

/** The blocks of a page. */
export function examplesOf(page: string, text: string): Example[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length + 1,
    source: match[1]!,
  }));
}

/** A folder outside the tree in which examples are compiled and run as a user would, with the packages as built. */
export class ExampleFolder implements AsyncDisposable {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async make(examples: readonly Example[]): Promise<ExampleFolder> {
    const path = await mkdtemp(join(tmpdir(), 'tccc-examples-'));
    const modules = join(path, 'node_modules');
    await mkdir(join(modules, '@tccc'), { recursive: true });
    await symlink(join(root, 'packages/core/node_modules/@types'), join(modules, '@types'));
    await symlink(join(root, 'packages/core/node_modules/undici'), join(modules, 'undici'));
    for (const name of [...PACKAGES, 'bulk', 'events'])
      await symlink(join(root, 'packages', name), join(modules, '@tccc', name));
    await writeFile(join(path, 'package.json'), '{ "type": "module" }');
    await writeFile(join(path, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    for (const [index, { source }] of examples.entries()) {
      await writeFile(join(path, `example${index}.ts`), complete(source));
    }
    await redirect(join(path, 'out/node_modules/@tccc'), 'outbound', 'OutboundClient');
    await redirect(join(path, 'out/node_modules/@tccc'), 'core', 'ServiceClient');
    return new ExampleFolder(path);
  }

  /** Compiles all examples; what the compiler says, empty if all is well. */
  async compile(): Promise<string> {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [compiler, '-p', this.#path]).catch(
      (error: { stdout: string }) => error,
    );
    return stdout;
  }

  /** Runs one example, whose requests all go to `endpoint`; rejects if it fails. */
  async run(index: number, endpoint: string, env: Record<string, string>) {
    return run(process.execPath, [...SHORT_LIFE, join(this.#path, 'out', `example${index}.js`)], {
      cwd: this.#path,
      env: { PATH: process.env['PATH'], HOME: this.#path, EXAMPLE_ENDPOINT: endpoint, ...env },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#path, { recursive: true });
  }
}

/** What is written is what runs: the newest target changes no syntax, so that Node.js must understand it as it is. */
const TSCONFIG = {
  extends: join(root, 'tsconfig.base.json'),
  compilerOptions: {
    target: 'ESNext',
    rootDir: '.',
    outDir: 'out',
    declaration: false,
    noUnusedLocals: false,
    skipLibCheck: true,
  },
  include: ['*.ts'],
};

/** The reference shows calls only; they get the client that they need. */
function complete(source: string): string {
  if (/\bclient = /.test(source) || !/\bclient\./.test(source)) return `${source}\nexport {};\n`;
  return `import { OutboundClient } from '@tccc/outbound';
const client = new OutboundClient({ site: 'intl' });
${source}
await client.close();
`;
}

/** A package that is the one as built, but whose clients send to the endpoint of the test. */
async function redirect(modules: string, name: string, client: string): Promise<void> {
  const real = JSON.stringify(pathToFileURL(join(root, 'packages', name, 'dist/index.js')));
  const file = join(modules, name, 'index.js');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(join(dirname(file), 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  await writeFile(
    file,
    `import { ${client} as Real } from ${real};
export * from ${real};
export class ${client} extends Real {
  constructor({ site, ...options } = {}) {
    super({ endpoint: process.env.EXAMPLE_ENDPOINT, ...options });
  }
}
`,
  );
}
