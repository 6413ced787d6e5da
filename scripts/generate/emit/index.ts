import type { Model } from '../model.js';
import { atLeastOneOf } from '../model.js';

/** The public names of the generated code, each listed. */
export function emitIndex(model: Model): string {
  const types = model.actions.flatMap(({ requestName, resultName, request }) => [
    requestName,
    ...(atLeastOneOf(request) ?? []).map((field) => `${requestName}With${field}`),
    resultName,
  ]);
  return `
    export type { ActionName, Site } from './actions.js';
    export { actions, sites } from './actions.js';
    export { OutboundClient } from './client.js';
    export type { ErrorCode } from './errors.js';
    export { commonErrors, ${model.actions.map(({ name }) => `errorsOf${name}`).join(', ')} } from './errors.js';
    export type { ${[...types, ...Object.keys(model.types)].join(', ')} } from './types.js';
  `;
}
