import { isUtf8 } from 'node:buffer';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { ActionDefinition } from './action.js';
import { findErrorFact } from './action.js';
import type { TcccErrorFields } from './errors.js';
import { ReplyError, ServiceError } from './errors.js';
import { parseJson } from './json.js';
import { safeText } from './redact.js';
import type { HttpReply } from './transport/exchange.js';

/** What is known of the call when its reply is read. */
export interface ReplyContext {
  action: ActionDefinition;
  attempts: number;
  maxReplyBytes: number;
}

type Fields = Record<string, unknown>;

/**
 * Reads the service's envelope: returns the result, or throws what the reply says or fails to say.
 *
 * @throws ServiceError where the reply carries an error code
 * @throws ReplyError where it is no reply of the service, or one that cannot be given as a result
 */
export function readReply(reply: HttpReply, context: ReplyContext): Fields {
  const response = readEnvelope(reply, context);
  const requestId = requestIdOf(response, reply);
  const failure = response.Error;
  if (failure !== undefined && failure !== null)
    throw errorInReply(failure, response, requestId, reply, context);
  if (reply.status !== 200) throw statusError(reply, context, requestId);
  return readResult(response, requestId, context);
}

/** The object under `Response`. */
function readEnvelope(reply: HttpReply, context: ReplyContext): Fields {
  let parsed: unknown;
  try {
    parsed = parseJson(decodeBody(reply, context));
  } catch {
    throw reply.status === 200 ? malformed(context, 'its body is not JSON') : statusError(reply, context);
  }
  const response = isObject(parsed) && Object.hasOwn(parsed, 'Response') ? parsed.Response : undefined;
  if (isObject(response)) return response;
  throw reply.status === 200
    ? malformed(context, 'its JSON has no object "Response"')
    : statusError(reply, context);
}

/** The body as text. The request does not ask for compression, but a gateway on the way may apply it. */
function decodeBody({ body, headers }: HttpReply, { maxReplyBytes }: ReplyContext): string {
  const encoding = headers['content-encoding'] ?? 'identity';
  const bounds = { maxOutputLength: maxReplyBytes };
  let bytes = body;
  if (encoding === 'gzip') bytes = gunzipSync(body, bounds);
  else if (encoding === 'deflate') bytes = inflateSync(body, bounds);
  else if (encoding !== 'identity') throw new Error('unknown encoding');
  if (!isUtf8(bytes)) throw new Error('not UTF-8');
  return bytes.toString('utf8');
}

function requestIdOf(response: Fields, { headers }: HttpReply): string | undefined {
  const id = response.RequestId ?? headers['x-tc-requestid'];
  // Shown in errors and logs, so only what has the shape of an id.
  return typeof id === 'string' && /^[0-9a-fA-F-]{8,64}$/.test(id) ? id : undefined;
}

function errorInReply(
  failure: unknown,
  response: Fields,
  requestId: string | undefined,
  reply: HttpReply,
  context: ReplyContext,
): ServiceError | ReplyError {
  const { action, attempts } = context;
  const code = isObject(failure) ? failure.Code : undefined;
  if (typeof code !== 'string' || !/^[A-Za-z]\w{0,63}(\.\w{1,64})?$/.test(code)) {
    return malformed(context, 'it holds an error without a code', requestId);
  }
  if (action.result.required.some((field) => field !== 'RequestId' && Object.hasOwn(response, field))) {
    const message = `${action.name}: the reply holds both a result and the error ${code}. The request may have been executed, so it is not repeated.`;
    return new ReplyError({ ...base(context, requestId), code: 'ContradictoryReply', message });
  }
  const fact = findErrorFact(action.errors, code);
  const rawMessage = (failure as Fields).Message;
  const serviceMessage = typeof rawMessage === 'string' ? safeText(rawMessage) : '';
  const meaning =
    fact?.meaning ?? 'This version does not know the code, so the request may have been executed.';
  return new ServiceError({
    code,
    action: action.name,
    attempts,
    requestId,
    outcome: fact?.outcome ?? 'unknown',
    retry: fact?.retry ?? 'never',
    status: reply.status,
    serviceMessage,
    message: `${action.name}: ${code}. ${meaning}${serviceMessage === '' ? '' : ` The service says: ${serviceMessage}`}`,
  });
}

/** The documented output, with integers checked and everything else passed on as it is. */
function readResult(response: Fields, requestId: string | undefined, context: ReplyContext): Fields {
  const { action } = context;
  const result: Fields = { ...response, RequestId: response.RequestId ?? requestId ?? '' };
  for (const field of action.result.integers) result[field] = readInteger(result[field]);
  const digits = unsafeIntegers(result, '');
  if (Object.keys(digits).length > 0) throw unsafeInteger(context, requestId, digits);
  for (const field of action.result.required) {
    const value = result[field];
    const isUsable = action.result.integers.includes(field) ? Number.isSafeInteger(value) : value != null;
    if (!isUsable) throw incomplete(context, field, requestId);
  }
  if (typeof result.RequestId !== 'string') throw incomplete(context, 'RequestId', requestId);
  return result;
}

/** An integer, also one that the service wrote as a string of digits; anything else as it is. */
function readInteger(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d{1,40}$/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

/** Every integer of the reply that a number cannot hold, by path. */
function unsafeIntegers(value: unknown, path: string): Record<string, string> {
  if (typeof value === 'bigint') return { [path]: String(value) };
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).map(([key, item]) =>
    unsafeIntegers(item, path === '' ? key : `${path}.${key}`),
  );
  return Object.assign({}, ...entries) as Record<string, string>;
}

function unsafeInteger(
  context: ReplyContext,
  requestId: string | undefined,
  digits: Record<string, string>,
): ReplyError {
  const fields = Object.keys(digits).join(', ');
  const message = `${context.action.name} was executed, but a JavaScript number cannot hold ${fields} of its reply. The exact digits are on the error's property "digits". Do not call again.`;
  return new ReplyError({
    ...base(context, requestId),
    outcome: 'executed',
    code: 'UnsafeInteger',
    digits,
    message,
  });
}

function incomplete(context: ReplyContext, field: string, requestId: string | undefined): ReplyError {
  const message = `${context.action.name}: the reply holds no error, but no usable ${field} either. The request may have been executed, so it is not repeated.`;
  return new ReplyError({ ...base(context, requestId), code: 'IncompleteReply', message });
}

function malformed(context: ReplyContext, what: string, requestId?: string): ReplyError {
  const message = `${context.action.name}: the reply is not one of the service: ${what}. The request may have been executed, so it is not repeated.`;
  return new ReplyError({ ...base(context, requestId), code: 'MalformedReply', message });
}

function statusError({ status, headers }: HttpReply, context: ReplyContext, requestId?: string): ReplyError {
  const message = `${context.action.name}: HTTP status ${status} from something before the service. The request may have been executed, so it is not repeated.`;
  const retryAfterMs = readRetryAfter(headers['retry-after']);
  return new ReplyError({ ...base(context, requestId), code: 'HttpStatus', status, retryAfterMs, message });
}

function readRetryAfter(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) * 1000 : undefined;
}

function base(
  { action, attempts }: ReplyContext,
  requestId: string | undefined,
): Omit<TcccErrorFields, 'code' | 'message'> {
  return { action: action.name, attempts, requestId, outcome: 'unknown' };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
