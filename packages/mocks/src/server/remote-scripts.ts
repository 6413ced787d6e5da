import type { ActionDefinition, ActionName } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import type { MockEngine } from '../engine/engine.js';
import { Refusal } from '../common/protocol.js';
import { WrongRequest } from './wrong-request.js';
import type { FieldsOf } from '../engine/scripts.js';
import { wrongFields } from '../engine/scripts.js';

const SAYS =
  'must be a JSON object such as {"action": "StopAutoCalloutTask", "error": {"code": "UnsupportedOperation"}}, or one with a result instead of the error.';

/**
 * Installs an answer that was given as JSON: always the same fields, or always the same error.
 *
 * @throws WrongRequest
 */
export function respondRemotely(engine: MockEngine, value: unknown): { action: string } {
  if (!isObject(value)) throw new WrongRequest(`The body ${SAYS}`);
  const { action, result, error, ...others } = value;
  if (typeof action !== 'string' || !Object.hasOwn(actions, action))
    throw new WrongRequest(`action must be one of: ${Object.keys(actions).join(', ')}.`);
  if (Object.keys(others).length > 0 || (result === undefined) === (error === undefined))
    throw new WrongRequest(
      `The body must have action, and either result or error, and nothing else. It ${SAYS}`,
    );
  const name = action as ActionName;
  if (error !== undefined) {
    const refusal = readError(error);
    engine.respond(name, () => refusal);
  } else {
    const definition: ActionDefinition = actions[name];
    const wrong = wrongFields(definition, result);
    if (wrong !== undefined) throw new WrongRequest(`result ${wrong}`);
    engine.respond(name, () => result as FieldsOf<ActionName>);
  }
  return { action: name };
}

function readError(error: unknown): Refusal {
  const { code, message = 'As the mock was told.', ...others } = isObject(error) ? error : {};
  const isRight =
    typeof code === 'string' && /^[A-Za-z]+(\.[A-Za-z]+)?$/.test(code) && typeof message === 'string';
  if (isRight && Object.keys(others).length === 0) return new Refusal(code, message);
  throw new WrongRequest('error must have a code, such as "InternalError.DBError", and may have a message.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
