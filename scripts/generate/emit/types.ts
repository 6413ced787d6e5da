import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { docComment } from '../model/docs.js';
import type { TypeShape } from '../model/lower-types.js';
import { lowerForTypes } from '../model/lower-types.js';
import type { Model } from '../model/model.js';
import type { Schema } from '../read/spec.js';

/**
 * TypeScript declarations of all parameters, results and shared data types, by name.
 *
 * The only module that touches openapi-typescript, so that it can be replaced without touching what it feeds. It makes
 * the types; what it wraps around them (`components['schemas'][…]`) is taken off, so that editors show names.
 */
export function emitTypes(model: Model): Promise<Map<string, string>> {
  const shapes = lowerForTypes(model);
  const { title, version } = model;
  const from = JSON.stringify([title, version, shapes]);
  const types = emitted.get(from) ?? typesOf({ title, version }, shapes);
  emitted.set(from, types);
  return types;
}

/** A spec that is emitted again, or of which only other parts have changed, has the same types. */
const emitted = new Map<string, Promise<Map<string, string>>>();

async function typesOf(
  { title, version }: Pick<Model, 'title' | 'version'>,
  shapes: Record<string, TypeShape>,
): Promise<Map<string, string>> {
  const schemas = Object.fromEntries(Object.entries(shapes).map(([name, { schema }]) => [name, schema]));
  const document = {
    openapi: '3.1.1',
    info: { title, version },
    paths: {},
    components: { schemas },
  };
  const nodes = await openapiTS(document as Parameters<typeof openapiTS>[0], {
    alphabetize: false,
    defaultNonNullable: false, // A parameter with a default is still optional.
    silent: true,
    transform: (schema) => openUnion(schema as Schema),
  });
  const declarations = schemaMembers(nodes).map((member) => {
    const name = nameOf(member);
    return [name, astToString(declare(name, member, shapes[name]!))] as const;
  });
  for (const [name, text] of declarations) {
    if (/\bunknown\b/.test(text.replace(/\/\*\*[\s\S]*?\*\//g, '')))
      throw new Error(`${name}: a type was widened to "unknown". See scripts/generate/model/lower-types.ts.`);
  }
  return new Map(declarations);
}

/** A list of values to which the service may add: editors offer those that are known, and a new one is no error. */
function openUnion({ enum: values, 'x-open': isOpen }: Schema): ts.TypeNode | undefined {
  if (isOpen !== true || values === undefined) return undefined;
  const { factory } = ts;
  const literals = values.map((value) => factory.createLiteralTypeNode(literalOf(value)));
  const isText = values.some((value) => typeof value === 'string');
  const base = factory.createKeywordTypeNode(
    isText ? ts.SyntaxKind.StringKeyword : ts.SyntaxKind.NumberKeyword,
  );
  const other = factory.createIntersectionTypeNode([base, factory.createTypeLiteralNode([])]);
  return factory.createUnionTypeNode([...literals, factory.createParenthesizedType(other)]);
}

function literalOf(value: unknown): ts.LiteralTypeNode['literal'] {
  if (value === null) return ts.factory.createNull();
  if (typeof value === 'string') return ts.factory.createStringLiteral(value);
  const digits = ts.factory.createNumericLiteral(Math.abs(Number(value)));
  return Number(value) < 0 ? ts.factory.createPrefixMinus(digits) : digits;
}

/** The members of `components.schemas`, which is where openapi-typescript puts the types. */
function schemaMembers(nodes: readonly ts.Node[]): ts.PropertySignature[] {
  const components = nodes.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'components');
  const schemas = (components as ts.InterfaceDeclaration).members.find(
    (member) => ts.isPropertySignature(member) && nameOf(member) === 'schemas',
  );
  const { members } = (schemas as ts.PropertySignature).type as ts.TypeLiteralNode;
  return members.filter(ts.isPropertySignature);
}

/** An object becomes an interface, for editors show its name and not its fields; anything else becomes an alias. */
function declare(name: string, member: ts.PropertySignature, shape: TypeShape): ts.Node {
  const type = polish(member.type!);
  const { factory } = ts;
  const modifiers = [factory.createToken(ts.SyntaxKind.ExportKeyword)];
  const members = ts.isTypeLiteralNode(type) ? type.members : [];
  const isObject = ts.isTypeLiteralNode(type) || shape.bases !== undefined;
  const declaration = isObject
    ? factory.createInterfaceDeclaration(modifiers, name, undefined, heritage(shape), [
        ...(shape.without ?? []).map(absentMember),
        ...members,
      ])
    : factory.createTypeAliasDeclaration(modifiers, name, undefined, type);
  return withComment(declaration, commentOf(member));
}

function heritage({ bases = [] }: TypeShape): ts.HeritageClause[] {
  if (bases.length === 0) return [];
  const types = bases.map((base) =>
    ts.factory.createExpressionWithTypeArguments(ts.factory.createIdentifier(base), undefined),
  );
  return [ts.factory.createHeritageClause(ts.SyntaxKind.ExtendsKeyword, types)];
}

/** `Name?: never`, which lets the compiler tell variants of a request apart, and speak of the one that was meant. */
function absentMember(name: string): ts.PropertySignature {
  const { factory } = ts;
  const isOptional = factory.createToken(ts.SyntaxKind.QuestionToken);
  const never = factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword);
  return factory.createPropertySignature(undefined, name, isOptional, never);
}

/** Types by their own names, arrays that need not be writable, and comments in the form of the house. */
function polish(type: ts.TypeNode): ts.TypeNode {
  const { transformed } = ts.transform(type, [
    (context) => (root) => {
      const visit = (node: ts.Node): ts.Node => {
        const reference = referenceOf(node);
        if (reference !== undefined) return ts.factory.createTypeReferenceNode(reference);
        const visited = ts.visitEachChild(node, visit, context);
        if (ts.isArrayTypeNode(visited))
          return ts.factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, visited);
        return ts.isPropertySignature(visited) ? withComment(visited, commentOf(node)) : visited;
      };
      return visit(root) as ts.TypeNode;
    },
  ]);
  return transformed[0]!;
}

/** The name in `components['schemas']['Name']`. */
function referenceOf(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const index = node.indexType;
  return ts.isLiteralTypeNode(index) && ts.isStringLiteral(index.literal) ? index.literal.text : undefined;
}

/** The description in a comment of openapi-typescript, without its tags, which repeat what the type says. */
function commentOf(node: ts.Node): string[] {
  const comments = ts.getSyntheticLeadingComments(node) ?? [];
  const lines = comments.flatMap(({ text }) => text.split('\n'));
  return lines
    .map((line) =>
      line
        .replace(/^\s*\*? ?/, '')
        .replace('@description ', '')
        .trim(),
    )
    .filter((line) => !/^@(enum|constant|type|format) /.test(line))
    .join('\n')
    .trim()
    .split('\n');
}

function withComment<Node extends ts.Node>(node: Node, lines: readonly string[]): Node {
  ts.setSyntheticLeadingComments(node, undefined);
  if (lines.join('') === '') return node;
  const text = docComment(lines).slice('/*'.length, -'*/'.length);
  return ts.addSyntheticLeadingComment(node, ts.SyntaxKind.MultiLineCommentTrivia, text, true);
}

function nameOf({ name }: ts.PropertySignature): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}
