import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './root.js';

/** A function or class that a package exports. */
export interface PublicSymbol {
  /** Where it is imported from, such as `@tccc/bulk/redis`. */
  entry: string;
  name: string;
  /** What its `@example` says, if there is one. */
  example: string | undefined;
}

/** Compiles as a user of the packages does, over their sources. */
const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  noEmit: true,
  strict: true,
  skipLibCheck: true,
};

/** Names that examples use and do not make. */
const GIVEN = `
import type { OutboundClient as GivenClient } from '@tccc/outbound';
import type { MockEngine as GivenEngine, MockServer as GivenServer } from '@tccc/mocks';
declare const client: GivenClient, error: unknown, engine: GivenEngine, server: GivenServer;
declare const CreateAutoCalloutTask: typeof import('@tccc/outbound').CreateAutoCalloutTask;
`;

/** "Cannot find name": what only the program of the user has, such as a list or a database. */
const UNKNOWN_NAMES = new Set([2304, 2552, 18004, 7006]);

/** An example may be a part of a function, which returns. */
const RETURN_OUTSIDE = 1108;

/** Every function and class that the packages export, but for what is internal; and every method of the client. */
export async function publicSymbols(): Promise<PublicSymbol[]> {
  const entries = await entryPoints();
  const program = ts.createProgram([...entries.values()], OPTIONS, hostWith(new Map()));
  const checker = program.getTypeChecker();
  return [...entries].flatMap(([entry, file]) => {
    const described = (symbol: ts.Symbol, name: string): PublicSymbol => ({
      entry,
      name,
      example: exampleOf(symbol, checker),
    });
    const own = checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!)
      .filter(({ declarations }) => !declarations?.some(ts.isTypeOnlyImportOrExportDeclaration))
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter((symbol) => isCallable(symbol, checker) && isOf(symbol, entry));
    const client = own.find(({ name }) => name === 'OutboundClient');
    const methods = client === undefined ? [] : methodsOf(client, checker);
    return [
      ...own.map((symbol) => described(symbol, symbol.name)),
      ...methods.map((method) => described(method, `OutboundClient.${method.name}`)),
    ];
  });
}

/** What the compiler says of the examples, apart from names that only a user's program has. */
export async function faultsOfExamples(symbols: readonly PublicSymbol[]): Promise<string[]> {
  const entries = await entryPoints();
  const texts = new Map(
    symbols.map(({ name, example = '' }) => [
      join(root, 'scripts', `example-of-${name}.ts`),
      `${importsOf(symbols, example)}${GIVEN}{\n${example}\n}\nexport {};\n`,
    ]),
  );
  const paths = Object.fromEntries([...entries].map(([entry, file]) => [entry, [file]]));
  const program = ts.createProgram([...texts.keys()], { ...OPTIONS, paths }, hostWith(texts));
  return [...texts.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .filter(({ code }) => !UNKNOWN_NAMES.has(code) && code !== RETURN_OUTSIDE)
      .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}

/** Every file that has been read, which takes longer than all else: both programs have the same. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The files of this machine, and these texts. */
function hostWith(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const { readFile: read, fileExists, getSourceFile } = host;
  host.readFile = (file) => texts.get(file) ?? read(file);
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    if (texts.has(file)) return ts.createSourceFile(file, texts.get(file)!, rest[0]);
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, ...rest));
    return parsed.get(file);
  };
  return host;
}

function importsOf(symbols: readonly PublicSymbol[], example: string): string {
  return symbols
    .filter(({ name }) => !name.includes('.') && new RegExp(`\\b${name}\\b`).test(example))
    .map(({ entry, name }) => `import { ${name} } from '${entry}';\n`)
    .join('');
}

/** The entry points of every package and their sources; what is internal is not for users. */
async function entryPoints(): Promise<Map<string, string>> {
  const entries = new Map<string, string>();
  for (const folder of await readdir(join(root, 'packages'))) {
    const { name, exports } = JSON.parse(
      await readFile(join(root, 'packages', folder, 'package.json'), 'utf8'),
    ) as { name: string; exports: Record<string, { default?: string }> };
    for (const [path, { default: to }] of Object.entries(exports)) {
      if (path.startsWith('./internal') || !to?.endsWith('.js')) continue;
      const source = to.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
      entries.set(name + path.slice(1), join(root, 'packages', folder, source));
    }
  }
  return entries;
}

function isCallable(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Function)) return true;
  const at = symbol.valueDeclaration;
  if (at === undefined || !(symbol.flags & ts.SymbolFlags.Variable)) return false;
  return checker.getTypeOfSymbolAtLocation(symbol, at).getCallSignatures().length > 0;
}

function methodsOf(client: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const isMethod = ({ flags, name, declarations = [] }: ts.Symbol) =>
    flags & ts.SymbolFlags.Method &&
    /^[a-z]/.test(name) &&
    !declarations.some((one) => ts.getCombinedModifierFlags(one) & hidden);
  return checker.getDeclaredTypeOfSymbol(client).getProperties().filter(isMethod);
}

/** What a package passes on belongs to the package that it comes from. */
function isOf(symbol: ts.Symbol, entry: string): boolean {
  const [, folder] = entry.split('/');
  return (symbol.declarations ?? []).some((one) =>
    one.getSourceFile().fileName.startsWith(join(root, 'packages', folder!, 'src/')),
  );
}

function exampleOf(symbol: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'example');
  return tag?.text?.map(({ text }) => text).join('');
}
