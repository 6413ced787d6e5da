import { requestTypes } from '../model/lower-types.js';
import type { Action, Model } from '../model/model.js';

/** The public names of the generated code, each listed. */
export function emitIndex({ actions, types }: Model): string {
  const dataTypes = Object.keys(types);
  return [
    `export type { ActionName, ErrorCode } from './actions.js';`,
    `export { actions } from './actions.js';`,
    `export { OutboundClient } from './client.js';`,
    `export type { CommonErrorCode } from './common-errors.js';`,
    `export { commonErrors } from './common-errors.js';`,
    ...actions.flatMap((action) => [
      `export type { ${actionTypes(action).join(', ')} } from './${action.file}.js';`,
      `export { ${action.name} } from './${action.file}.js';`,
    ]),
    ...(dataTypes.length === 0 ? [] : [`export type { ${dataTypes.join(', ')} } from './data-types.js';`]),
    `export type { EndStatus, EndStatusGroup, EndStatusName } from './end-statuses.js';`,
    `export { endStatuses } from './end-statuses.js';`,
    `export type { Site } from './sites.js';`,
    `export { sites } from './sites.js';`,
  ].join('\n');
}

/** The types that the module of an action exports: one of its request, whatever that is made of. */
export function actionTypes(action: Action): string[] {
  return [`${action.name}ErrorCode`, action.requestName, action.resultName];
}

/** Every type that the module of an action declares. */
export function declaredTypes(action: Action): string[] {
  return [...actionTypes(action), ...requestTypes(action).filter((name) => name !== action.requestName)];
}

/** Exported names that do not depend on the spec. */
export const FIXED_NAMES = [
  'ActionName',
  'ErrorCode',
  'actions',
  'OutboundClient',
  'CommonErrorCode',
  'commonErrors',
  'EndStatus',
  'EndStatusGroup',
  'EndStatusName',
  'endStatuses',
  'Site',
  'sites',
];

/** Generated modules that do not depend on the spec, without extension. */
export const FIXED_FILES = [
  'actions',
  'client',
  'common-errors',
  'common-meanings',
  'common-rules',
  'data-types',
  'end-statuses',
  'index',
  'sites',
];
