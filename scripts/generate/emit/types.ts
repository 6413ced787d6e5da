import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { documented } from '../docs.js';
import { lowerForTypes } from '../lower-types.js';
import type { Model } from '../model.js';

/** Noise that openapi-typescript writes for a document of schemas alone. */
const UNUSED = new Set(['paths', 'webhooks', 'operations', '$defs']);

/**
 * TypeScript types of all parameters, results and shared data types.
 *
 * The only module that touches openapi-typescript, so that it can be replaced without touching what it feeds.
 */
export async function emitTypes(model: Model): Promise<string> {
  const schemas = lowerForTypes(model);
  const document = {
    openapi: '3.1.1',
    info: { title: model.title, version: model.version },
    paths: {},
    components: { schemas },
  };
  const nodes = await openapiTS(document as Parameters<typeof openapiTS>[0], {
    alphabetize: false,
    defaultNonNullable: false, // A parameter with a default is still optional.
    silent: true,
  });
  const kept = nodes.filter((node) => !isUnused(node));
  const text = plainComments(astToString(kept));
  if (/\bunknown\b/.test(text.replace(/\/\*\*[\s\S]*?\*\//g, ''))) {
    throw new Error('A type was widened to "unknown". See scripts/generate/lower-types.ts.');
  }
  const aliases = Object.entries(schemas).map(([name, schema]) =>
    emitAlias(name, schema.description ?? name),
  );
  return `${dropEmptyComponents(text)}\n${aliases.join('\n\n')}\n`;
}

/** Editors show a `@description` tag with its name; plain text reads better. */
function plainComments(text: string): string {
  return text.replaceAll('@description ', '').replace(/^(\s*\*) {5}(?=\S)/gm, '$1 ');
}

/** Our own, because openapi-typescript would respell the names (`AIAgentId` becomes `AiAgentId`). */
function emitAlias(name: string, description: string): string {
  return documented(description.split('\n'), `export type ${name} = components['schemas']['${name}'];`);
}

function isUnused(node: ts.Node): boolean {
  const isDeclaration = ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node);
  return isDeclaration && UNUSED.has(node.name.text);
}

function dropEmptyComponents(text: string): string {
  return text.replace(/^ {4}(responses|parameters|requestBodies|headers|pathItems): never;\n/gm, '');
}
