import { resultShape } from '../model/result-shape.js';
import { code, documented, sourceNote } from '../model/docs.js';
import { rulesOf } from '../model/lower-rules.js';
import { requestTypes } from '../model/lower-types.js';
import type { Action, Model } from '../model/model.js';
import { typesNamedIn } from '../read/schema.js';
import type { SpecError } from '../read/spec.js';
import { actionTypes } from './index.js';
import { errorRow, errorRows } from './errors.js';
import { emitRules } from './rules.js';

/** The module of an action: its types, its error codes, and its definition, which holds its validator. */
export function emitAction(action: Action, model: Model, types: ReadonlyMap<string, string>): string {
  const own = [...requestTypes(action), action.resultName];
  const isPublic = (name: string) => actionTypes(action).includes(name);
  const rules = emitRules(rulesOf(action.request, model, action.newerParameters));
  const shared = [...new Set([...typesNamedIn(action.request), ...typesNamedIn(action.result)])];
  return [
    [
      DEFINITION_IMPORTS[definitionOf(action)],
      `import type { CommonErrorCode } from './common-errors.js';`,
      `import { commonErrors, loadMeanings } from './common-errors.js';`,
      ...(rules.names.length === 0 ? [] : [`import { ${rules.names.join(', ')} } from './common-rules.js';`]),
      ...(shared.length === 0 ? [] : [`import type { ${shared.sort().join(', ')} } from './data-types.js';`]),
    ].join('\n'),
    ...own.map((name) => types.get(name)!.replace(/^export /m, isPublic(name) ? 'export ' : '')),
    documented(
      [
        `The error codes that are documented for ${action.name}, those of every action included.`,
        '',
        'The service may answer others, too.',
      ],
      `export type ${action.name}ErrorCode = ${['CommonErrorCode', ...ownCodes(action, model)].join(' | ')};`,
    ),
    emitDefinition(action, model, rules.code),
  ].join('\n\n');
}

const DEFINITION_IMPORTS = {
  ActionDefinition: `import type { ActionDefinition } from '@tccc/core';`,
  CreationDefinition: `import type { CreationDefinition } from '../settle/creation.js';`,
  ListDefinition: `import type { ListDefinition } from '../listing.js';`,
};

function definitionOf({ settle, paging }: Action): keyof typeof DEFINITION_IMPORTS {
  if (settle !== undefined) return 'CreationDefinition';
  return paging === undefined ? 'ActionDefinition' : 'ListDefinition';
}

/** The codes that are not those of every action anyway. */
function ownCodes({ errors }: Action, { commonErrors }: Model): string[] {
  const codes = Object.keys(errors).filter((name) => !Object.hasOwn(commonErrors, name));
  return codes.map((name) => JSON.stringify(name));
}

/** What the action says of codes, unless all actions say the same. */
function ownRows({ errors }: Action, { commonErrors }: Model): Action['errors'] {
  const isOwn = ([code]: [string, SpecError]) => errorRow(errors[code]!) !== errorRow(commonErrors[code]);
  return Object.fromEntries(Object.entries(errors).filter(isOwn));
}

function emitDefinition(action: Action, model: Model, rules: string): string {
  const { name, host, rateLimit, idempotency, result, settle, paging } = action;
  const { updated: edition } = action.source;
  return documented(
    [
      action.summary,
      '',
      `This is all that the transport needs to know. Use it for calls through a ${code('ServiceClient')} of @tccc/core.`,
      '',
      `@see ${sourceNote(action.source)}`,
    ],
    `export const ${name}: ${definitionOf(action)}<${action.requestName}, ${action.resultName}> = {
      name: '${name}',
      version: '${model.version}',
      service: '${model.service}',
      host: '${host}',
      rateLimit: ${JSON.stringify(rateLimit)},
      maxRequestBytes: ${model.maxRequestBytes},
      idempotency: '${idempotency}',${edition === undefined ? '' : `\nedition: '${edition}',`}
      errors() { return { ...commonErrors, ${errorRows(ownRows(action, model))} }; },
      meanings: loadMeanings,
      rules() { return ${rules}; },
      result: ${JSON.stringify(resultShape(result, model))},
      ${settle === undefined ? '' : `settle: ${JSON.stringify(settle)},`}
      ${paging === undefined ? '' : `paging: ${JSON.stringify(paging)},`}
    };`,
  );
}
