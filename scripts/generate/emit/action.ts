import { resultShape } from '../result-shape.js';
import { code, documented, sourceNote } from '../docs.js';
import { requestTypes } from '../lower-types.js';
import type { Action, Model } from '../model.js';
import { typesNamedIn } from '../schema.js';
import { errorRows } from './errors.js';

/** The module of an action: its types, its error codes, and its definition, which holds its validator. */
export function emitAction(action: Action, model: Model, types: ReadonlyMap<string, string>): string {
  const own = [...requestTypes(action), action.resultName];
  const shared = [...new Set([...typesNamedIn(action.request), ...typesNamedIn(action.result)])];
  return [
    [
      DEFINITION_IMPORTS[definitionOf(action)],
      `import type { CommonErrorCode } from './common-errors.js';`,
      `import { withCommonErrors } from './common-errors.js';`,
      `import { validate } from './${action.file}.validator.js';`,
      ...(shared.length === 0 ? [] : [`import type { ${shared.sort().join(', ')} } from './data-types.js';`]),
    ].join('\n'),
    ...own.map((name) => types.get(name)!),
    documented(
      [
        `The error codes that are documented for ${action.name}, those of every action included.`,
        '',
        'The service may answer others, too.',
      ],
      `export type ${action.name}ErrorCode = ${['CommonErrorCode', ...ownCodes(action, model)].join(' | ')};`,
    ),
    emitDefinition(action, model),
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

function emitDefinition(action: Action, model: Model): string {
  const { name, host, rateLimit, idempotency, request, result, settle, paging } = action;
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
      idempotency: '${idempotency}',
      errors: /* @__PURE__ */ withCommonErrors(${errorRows(action.errors)}),
      validate,
      parameters: ${JSON.stringify(Object.keys(request.properties ?? {}))},
      result: ${JSON.stringify(resultShape(result, model))},
      ${settle === undefined ? '' : `settle: ${JSON.stringify(settle)},`}
      ${paging === undefined ? '' : `paging: ${JSON.stringify(paging)},`}
    };`,
  );
}
