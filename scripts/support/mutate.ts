import ts from 'typescript';

/** A named part of a module, and what takes its place. */
export interface Replacement {
  /** A function, a constant, `Class.method` or `Class.field` (private ones with their `#`), declared in the module itself. */
  name: string;
  /**
   * JavaScript of a function that is given the original: of a function or method with the arguments of the call
   * (`(original, ...args) => result`), of a constant or field with nothing else (`(original) => value`). Within a method
   * it is evaluated in the class, so that `this` and private names can be used.
   */
  becomes: string;
}

/** A text to insert, and where. */
type Insertion = [at: number, text: string];

/**
 * Replaces a part of a module by its name, whatever its text looks like. Every other use of the name, also those within
 * the module, meets the replacement.
 *
 * @throws Error if the module declares no such part, or more than one
 */
export function replaceByName(source: string, module: string, { name, becomes }: Replacement): string {
  const file = ts.createSourceFile(module, source, ts.ScriptTarget.Latest, true);
  const found = declarationsIn(file, name);
  if (found.length !== 1) {
    throw new Error(
      `${module} must declare ${name} once, as a function, constant, method or field; it does so ${found.length} times.`,
    );
  }
  const insertions = replacing(found[0]!, `(${becomes})`);
  return insertions
    .sort(([a], [b]) => b - a)
    .reduce((text, [at, inserted]) => text.slice(0, at) + inserted + text.slice(at), source);
}

type Target = WithBody | WithValue;
type WithBody = (ts.FunctionDeclaration | ts.MethodDeclaration | ts.GetAccessorDeclaration) & {
  name: ts.Node;
  body: ts.Block;
};
type WithValue = (ts.VariableDeclaration | ts.PropertyDeclaration) & { initializer: ts.Expression };

function declarationsIn(file: ts.SourceFile, name: string): Target[] {
  const [owner, member] = name.split('.') as [string, string?];
  const top = file.statements.flatMap((statement): readonly ts.Node[] =>
    ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement],
  );
  const owned = top.filter((node) => nameOf(node) === owner);
  const nodes =
    member === undefined
      ? owned
      : owned.flatMap((node) => (ts.isClassDeclaration(node) ? [...node.members] : []));
  return nodes.filter(isTarget).filter((node) => nameOf(node) === (member ?? owner));
}

/** What has a body or a value; a signature of an overload has neither. */
function isTarget(node: ts.Node): node is Target {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node))
    return node.body !== undefined;
  return (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.initializer !== undefined;
}

function nameOf(node: ts.Node): string | undefined {
  const { name } = node as { name?: ts.Node };
  return name?.getText();
}

function replacing(target: Target, becomes: string): Insertion[] {
  if ('initializer' in target) {
    const { initializer } = target;
    return [
      [initializer.getStart(), `${becomes}(`],
      [initializer.end, ')'],
    ];
  }
  // The body moves into an arrow function, for which `this` and private names are still those of the class.
  const { parameters, body, modifiers } = target;
  const isAsync = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const list = parameters.map((parameter) => parameter.getText()).join(', ');
  return [
    [body.getStart(), `{ return ${becomes}(${isAsync ? 'async ' : ''}(${list}) => `],
    [body.end, ', ...arguments); }'],
  ];
}
