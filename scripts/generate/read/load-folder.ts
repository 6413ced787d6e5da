import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Node, Scalar } from 'yaml';
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Problem } from './problems.js';
import { Places, SpecRefused } from './problems.js';

/** The files of a spec folder as one document, and where each part of it is. */
export interface Loaded {
  document: Record<string, unknown>;
  places: Places;
  /** What the parts must look like, as YAML. */
  grammar: string;
}

/** Describes the spec and is not part of it. */
const GRAMMAR = 'extensions.schema.yaml';
const TYPES = 'types.yaml';

/**
 * The files of a spec folder, by name. Files that refer to each other become one document, in which shared types are under
 * `components.schemas`; a file that nothing refers to is refused.
 */
export function loadFiles(texts: ReadonlyMap<string, string>): Loaded {
  const files = new SpecFiles(texts);
  const document = files.read('openapi.yaml');
  const types = files.types();
  if (Object.keys(types).length > 0) document['components'] = { schemas: types };
  files.refuseOrphans();
  if (files.problems.length > 0) throw new SpecRefused(files.problems);
  return { document, places: files.places, grammar: texts.get(GRAMMAR) ?? '' };
}

/** The texts of a folder, by their names below it. */
export async function readFolder(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

type Fields = Record<string, unknown>;

interface Parsed {
  document: ReturnType<typeof parseDocument>;
  lines: LineCounter;
}

/** What has been parsed, by its text. Tests read many variants of the spec, each with one file changed. */
const parsedTexts = new Map<string, Parsed>();

function parse(text: string): Parsed {
  let parsed = parsedTexts.get(text);
  if (parsed === undefined) {
    const lines = new LineCounter();
    parsed = { document: parseDocument(text, { lineCounter: lines, intAsBigInt: true }), lines };
    parsedTexts.set(text, parsed);
  }
  return parsed;
}

/** The files of a spec, as far as they have been read. */
class SpecFiles {
  readonly places = new Places();
  readonly problems: Problem[] = [];
  readonly #texts: ReadonlyMap<string, string>;
  readonly #read = new Set<string>([GRAMMAR, 'README.md']);
  /** Shared types that something refers to. */
  readonly #usedTypes = new Set<string>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  /** A file as plain data, with what it refers to in place of the references; types stay references. */
  read(name: string): Fields {
    this.#read.add(name);
    const { document, lines } = parse(this.#texts.get(name)!);
    for (const { message, pos } of document.errors) {
      const says = message.split('\n')[0]!.replace(/ at line \d+.*$/, '');
      this.problems.push({ file: name, line: lines.linePos(pos[0]).line, says, remedy: 'Write valid YAML.' });
    }
    const value = this.#plain(document.contents, { file: name, lineOf: (at) => lines.linePos(at).line });
    return (value ?? {}) as Fields;
  }

  /** The shared types. */
  types(): Fields {
    if (!this.#texts.has(TYPES)) return {};
    const types = this.read(TYPES);
    for (const name of Object.keys(types)) {
      if (!this.#usedTypes.has(name))
        this.#refuse(this.places.of(types, name), `no action uses the type ${name}`, 'Use it, or remove it.');
    }
    for (const [name, place] of this.#references) {
      if (!Object.hasOwn(types, name))
        this.#refuse(place, `there is no type ${name} in ${TYPES}`, 'Add it there, or correct the name.');
    }
    return types;
  }

  refuseOrphans(): void {
    for (const file of this.#texts.keys()) {
      if (!this.#read.has(file))
        this.#refuse(
          { file, line: 1 },
          'nothing refers to this file',
          'List it under paths in openapi.yaml, or remove it.',
        );
    }
  }

  readonly #references: [type: string, place: { file: string; line: number }][] = [];

  #plain(node: Node | null | undefined, context: Context): unknown {
    if (isScalar(node)) return this.#scalar(node, context);
    if (isSeq(node)) return this.#list(node.items as Node[], node, context);
    if (isMap<Node, Node | null>(node)) return this.#fields(node, context);
    if (node !== null && node !== undefined) {
      const line = context.lineOf(node.range?.[0] ?? 0);
      this.#refuse({ file: context.file, line }, 'an alias of YAML is used here', 'Write the value itself.');
    }
    return null;
  }

  /** A number that JavaScript would round, or that is not a number, would change silently on its way into the code. */
  #scalar({ value, range, source }: Scalar, context: Context): unknown {
    if (typeof value !== 'bigint' && typeof value !== 'number') return value;
    const number = Number(value);
    const isExact = Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
    if (!isExact)
      this.#refuse(
        { file: context.file, line: context.lineOf(range?.[0] ?? 0) },
        `${source ?? String(value)} is not a number that JavaScript holds exactly`,
        `Integers go from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}. Leave out a limit beyond them: that is the limit of the SDK anyway.`,
      );
    return number;
  }

  #list(items: readonly Node[], node: Node, context: Context): unknown[] {
    const list = items.map((item) => this.#plain(item, context));
    const keys = items.map((item, index) => [String(index), context.lineOf(item.range?.[0] ?? 0)] as const);
    this.places.set(list, context.file, context.lineOf(node.range![0]), new Map(keys));
    return list;
  }

  #fields(
    node: { items: { key: Node; value: Node | null }[]; range?: Node['range'] },
    context: Context,
  ): unknown {
    const fields: Fields = {};
    const keys = new Map<string, number>();
    for (const { key, value } of node.items) {
      const name = String(isScalar(key) ? key.value : key);
      keys.set(name, context.lineOf(key.range![0]));
      fields[name] = this.#plain(value, context);
    }
    this.places.set(fields, context.file, context.lineOf(node.range![0]), keys);
    const { $ref } = fields;
    return typeof $ref === 'string' ? this.#follow($ref, fields, context) : fields;
  }

  /** `<file>` becomes what that file holds; `types.yaml#/<Name>` becomes a reference to a type of the document. */
  #follow(ref: string, fields: Fields, { file }: Context): unknown {
    const place = this.places.of(fields, '$ref');
    const [path, pointer] = ref.split('#') as [string, string?];
    const target = path === '' ? file : posix.join(dirname(file).replaceAll('\\', '/'), path);
    if (!this.#texts.has(target)) {
      this.#refuse(place, `there is no file ${target}`, 'Add it, or correct the reference.');
      return {};
    }
    if (pointer === undefined) return this.read(target);
    if (target !== TYPES || !/^\/\w+$/.test(pointer)) {
      this.#refuse(
        place,
        `${ref} is a reference of another kind`,
        `Refer to a whole file, or to ${TYPES}#/<Name>.`,
      );
      return {};
    }
    const name = pointer.slice(1);
    this.#usedTypes.add(name);
    this.#references.push([name, place]);
    fields['$ref'] = `#/components/schemas/${name}`;
    return fields;
  }

  #refuse({ file, line }: { file: string; line: number }, says: string, remedy: string): void {
    this.problems.push({ file, line, says, remedy });
  }
}

interface Context {
  file: string;
  /** The line of an offset in the file. */
  lineOf(offset: number): number;
}
