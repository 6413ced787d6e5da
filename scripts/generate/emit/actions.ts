import { docComment, documented, sourceNote } from '../docs.js';
import type { Action, Model } from '../model.js';

/** The action table: all that the transport needs to know about each action. */
export function emitActions(model: Model): string {
  const names = model.actions.map(({ name }) => name);
  const types = model.actions.flatMap(({ requestName, resultName }) => [requestName, resultName]);
  return [
    `import type { ActionDefinition } from '@tccc/core';`,
    `import { ${names.map((name) => `errorsOf${name}`).join(', ')} } from './errors.js';`,
    `import type { ${types.join(', ')} } from './types.js';`,
    `import { ${names.map((name) => `validate${name}`).join(', ')} } from './validators.js';`,
    documented(
      ['Hosts of the service, by site.'],
      `export const sites = ${JSON.stringify(model.sites)} as const;`,
    ),
    documented(
      ['One of the two separate sites of Tencent Cloud; an account belongs to one of them.'],
      `export type Site = keyof typeof sites;`,
    ),
    documented(
      ['Every action, by name.'],
      `export const actions = {${model.actions.map((action) => emitAction(action, model)).join(',\n')}} as const;`,
    ),
    documented(['Name of an action.'], `export type ActionName = keyof typeof actions;`),
  ].join('\n\n');
}

function emitAction(action: Action, model: Model): string {
  const { name, host, rateLimit, result } = action;
  const required = result.required ?? [];
  const integers = required.filter((field) => result.properties?.[field]?.type === 'integer');
  const doc = docComment([action.summary, '', `@see ${sourceNote(action.source)}`]);
  return `${doc}
  ${name}: {
    name: '${name}',
    version: '${model.version}',
    service: '${model.service}',
    host: '${host}',
    rateLimit: ${JSON.stringify(rateLimit)},
    maxRequestBytes: ${model.maxRequestBytes},
    errors: errorsOf${name},
    validate: validate${name},
    result: ${JSON.stringify({ required, integers })},
  } satisfies ActionDefinition as ActionDefinition<${action.requestName}, ${action.resultName}>`;
}
