import { join } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  // Those of Node.js have what the declarations ask for; those of browsers take as long to read as all the rest.
  lib: ['lib.es2023.d.ts'],
  types: [],
};

/** What an editor shows of a program, which need not be on disk. `^` in its text marks the cursor. */
export class Editor {
  readonly #file: string;
  readonly #service: ts.LanguageService;
  #text = '';
  #version = 0;

  /** @param folder the folder that the program would be in */
  constructor(folder: string) {
    this.#file = join(folder, 'program.mts');
    const isOurs = (path: string) => path === this.#file;
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => OPTIONS,
      getScriptFileNames: () => [this.#file],
      getScriptVersion: (path) => (isOurs(path) ? String(this.#version) : '0'),
      getScriptSnapshot: (path) => {
        const text = isOurs(path) ? this.#text : ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (path) => isOurs(path) || ts.sys.fileExists(path),
      readFile: (path) => ts.sys.readFile(path),
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
    });
  }

  /** The type and the documentation that pointing at the cursor shows. */
  hover(program: string): { type: string; text: string } {
    const info = this.#service.getQuickInfoAtPosition(this.#file, this.#show(program));
    const join = (parts: ts.SymbolDisplayPart[] | undefined) => ts.displayPartsToString(parts);
    return { type: join(info?.displayParts), text: join(info?.documentation) };
  }

  /** The names that are offered at the cursor. */
  completions(program: string): string[] {
    const found = this.#service.getCompletionsAtPosition(this.#file, this.#show(program), {});
    return (found?.entries ?? []).map(({ name }) => name);
  }

  /** The messages of the compiler, each with its details in lines of their own. */
  errors(program: string): string[] {
    this.#show(program);
    return this.#service
      .getSemanticDiagnostics(this.#file)
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  }

  /** Opens the program and says where its cursor is. */
  #show(program: string): number {
    const text = program.replace('^', '');
    if (text !== this.#text) this.#version++;
    this.#text = text;
    return program.indexOf('^');
  }
}
