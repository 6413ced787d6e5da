import { join } from 'node:path';
import ts from 'typescript';
import { root } from './root.js';

/** One option, as its declaration and its doc comment describe it. */
export interface Option {
  name: string;
  /** What it means, without the tags. */
  comment: string;
  default: string | undefined;
  example: string | undefined;
  /** Its type, as it is written. */
  type: string;
  /** The values it can have, if it is a choice of texts. */
  choices: string[];
}

/** The interfaces that have options, and under what name a user gives them. */
export const GROUPS = {
  OutboundClientOptions: '',
  PacingOptions: 'pacing.',
  RetryOptions: 'retry.',
  CallOptions: '',
} as const;

export type Group = keyof typeof GROUPS;

/** Reads the options from the sources of the packages, in the order of their declarations. */
export function readOptions(): Record<Group, Option[]> {
  const entry = join(root, 'packages/outbound/src/index.ts');
  const program = ts.createProgram([entry], COMPILER_OPTIONS);
  const checker = program.getTypeChecker();
  const found = new Map(
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!)
      .map((symbol) => [symbol.name, isAlias(symbol) ? checker.getAliasedSymbol(symbol) : symbol]),
  );
  const optionsOf = (name: string): Option[] =>
    checker
      .getDeclaredTypeOfSymbol(found.get(name)!)
      .getProperties()
      .map((property) => readOption(property, checker));
  // Of the two kinds of clients, each has one option that the other has not.
  const own = [...optionsOf('SiteOptions'), ...optionsOf('EndpointOptions')].filter(
    ({ type }) => type !== 'never',
  );
  const ofClient = (wanted: string) => own.find(({ name }) => name === wanted)!;
  return {
    OutboundClientOptions: ['site', ...optionsOf('ClientOptions').map(({ name }) => name)].map(ofClient),
    PacingOptions: optionsOf('PacingOptions'),
    RetryOptions: optionsOf('RetryOptions'),
    CallOptions: optionsOf('CallOptions'),
  };
}

function isAlias({ flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Alias) !== 0;
}

/** The declarations and comments are all that counts, so no library is read. */
const COMPILER_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noLib: true,
  types: [],
  paths: {
    '@tccc/core': [join(root, 'packages/core/src/index.ts')],
    '@tccc/core/internal': [join(root, 'packages/core/src/internal.ts')],
  },
};

function readOption(property: ts.Symbol, checker: ts.TypeChecker): Option {
  const tags = new Map(
    property.getJsDocTags(checker).map(({ name, text }) => [name, ts.displayPartsToString(text)]),
  );
  const declaration = property.valueDeclaration as ts.PropertySignature;
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  const members = type.isUnion() ? type.types : [];
  const choices = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
  return {
    name: property.name,
    comment: ts.displayPartsToString(property.getDocumentationComment(checker)).replaceAll(/\s+/g, ' '),
    default: tags.get('default'),
    example: tags.get('example'),
    type: declaration.type!.getText(),
    choices: choices.length === members.length ? choices : [],
  };
}
