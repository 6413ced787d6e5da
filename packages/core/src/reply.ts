import { isUtf8 } from 'node:buffer';
import type { ActionDefinition } from './action.js';
import { findErrorFact } from './action.js';
import type { Credentials } from './credentials/types.js';
import type { TcccErrorFields } from './errors.js';
import { ReplyError, ServiceError } from './errors.js';
import type { ParsedJson } from './json.js';
import { parseJson } from './json.js';
import { joinPath } from './plain-data.js';
import { safeText } from './redact.js';
import type { HttpReply } from './transport/exchange.js';

/** What is known of the call when its reply is read. */
export interface ReplyContext {
  readonly definition: ActionDefinition;
  readonly attempts: number;
  /** Never to be shown, even if the service repeats them. */
  readonly credentials: Credentials | undefined;
}

type Fields = Record<string, unknown>;

/** The shape of an error code. */
const CODE = /^[A-Za-z]\w{0,63}(\.\w{1,64})?$/;

/**
 * Reads the service's envelope: returns the result, or throws what the reply says or fails to say.
 *
 * @throws ServiceError where the reply carries an error code
 * @throws ReplyError where it is no reply of the service, or one that cannot be given as a result
 */
export function readReply(reply: HttpReply, context: ReplyContext, maxReplyBytes: number): Fields {
  const { response, mayHoldBigint } = readEnvelope(reply, context, maxReplyBytes);
  const failure = response.Error;
  if (failure !== undefined && failure !== null) throw errorInReply(failure, response, reply, context);
  if (reply.status !== 200) throw statusError(reply, context, requestIdOf(response, reply));
  return readResult(response, reply, context, mayHoldBigint);
}

/** The object under `Response`. */
function readEnvelope(
  reply: HttpReply,
  context: ReplyContext,
  maxReplyBytes: number,
): { response: Fields; mayHoldBigint: boolean } {
  let parsed: ParsedJson;
  try {
    parsed = parseJson(decodeBody(reply, maxReplyBytes));
  } catch {
    throw reply.status === 200 ? malformed(context, 'its body is not JSON') : statusError(reply, context);
  }
  const { value, mayHoldBigint } = parsed;
  const response = isObject(value) && Object.hasOwn(value, 'Response') ? value.Response : undefined;
  if (isObject(response)) return { response, mayHoldBigint };
  throw reply.status === 200
    ? malformed(context, 'its JSON has no object "Response"')
    : statusError(reply, context);
}

/** The body as text. The request does not ask for compression, but a gateway on the way may apply it. */
function decodeBody({ body, headers }: HttpReply, maxReplyBytes: number): string {
  const encoding = headers['content-encoding'];
  const bytes =
    encoding === undefined || encoding === 'identity' ? body : decompress(body, encoding, maxReplyBytes);
  if (!isUtf8(bytes)) throw new Error('not UTF-8');
  return bytes.toString('utf8');
}

/** Loads zlib only where it is needed, which is hardly ever. */
function decompress(body: Buffer, encoding: string | string[], maxOutputLength: number): Buffer {
  const { gunzipSync, inflateSync } = process.getBuiltinModule('node:zlib');
  if (encoding === 'gzip') return gunzipSync(body, { maxOutputLength });
  if (encoding === 'deflate') return inflateSync(body, { maxOutputLength });
  throw new Error('unknown encoding');
}

function requestIdOf(response: Fields, { headers }: HttpReply): string | undefined {
  return safeRequestId(response.RequestId) ?? safeRequestId(headers['x-tc-requestid']);
}

/** An id that may be shown in errors and logs: only what has the shape of one. */
export function safeRequestId(id: unknown): string | undefined {
  return typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : undefined;
}

function errorInReply(
  failure: unknown,
  response: Fields,
  reply: HttpReply,
  context: ReplyContext,
): ServiceError | ReplyError {
  const { definition: action, attempts } = context;
  const requestId = requestIdOf(response, reply);
  const code = isObject(failure) ? failure.Code : undefined;
  if (typeof code !== 'string' || !CODE.test(code) || /\d{5}/.test(code)) {
    return malformed(context, 'it holds an error without a code', requestId);
  }
  if (action.result.required.some((field) => field !== 'RequestId' && Object.hasOwn(response, field))) {
    const message = `${action.name}: the reply holds both a result and the error ${code}. The request may have been executed, so it is not repeated.`;
    return new ReplyError({ ...base(context, requestId), code: 'ContradictoryReply', message });
  }
  // The service answers its errors with 200; with another status, something else has had its hands in the reply.
  const fact = reply.status === 200 ? findErrorFact(action.errors, code) : undefined;
  const rawMessage = (failure as Fields).Message;
  const serviceMessage =
    typeof rawMessage === 'string' ? safeText(rawMessage, secretsOf(context.credentials)) : '';
  const doubt =
    reply.status === 200 ? 'This version does not know the code' : `It came with HTTP status ${reply.status}`;
  const meaning = fact?.meaning ?? `${doubt}, so the request may have been executed.`;
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
function readResult(
  response: Fields,
  reply: HttpReply,
  context: ReplyContext,
  mayHoldBigint: boolean,
): Fields {
  const { definition: action } = context;
  const result: Fields = { ...response };
  result.RequestId ??= requestIdOf(response, reply) ?? '';
  for (const field of action.result.integers) result[field] = readInteger(result[field]);
  const { required, integers } = action.result;
  const isThere = (field: string) => {
    const value = result[field];
    return integers.includes(field)
      ? Number.isSafeInteger(value) || typeof value === 'bigint'
      : value != null;
  };
  const missing = required.find((field) => !isThere(field));
  if (missing !== undefined) throw incomplete(context, missing, requestIdOf(response, reply));
  const isUnsafe = mayHoldBigint || integers.some((field) => typeof result[field] === 'bigint');
  const digits = isUnsafe ? unsafeIntegers(result) : {};
  if (Object.keys(digits).length > 0) throw unsafeInteger(context, requestIdOf(response, reply), digits);
  if (typeof result.RequestId !== 'string') throw incomplete(context, 'RequestId', undefined);
  return result;
}

/** An integer, also one that the service wrote as a string of digits; anything else as it is. */
function readInteger(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d{1,40}$/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

/** Every integer of the reply that a number cannot hold, by path. Not recursive, for a reply may nest as deep as it likes. */
function unsafeIntegers(result: Fields): Record<string, string> {
  const digits: Record<string, string> = {};
  const open: [path: string, value: unknown][] = [['', result]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, value] = next;
    if (typeof value === 'bigint') digits[path] = String(value);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) open.push([joinPath(path, key), item]);
  }
  return digits;
}

function unsafeInteger(
  context: ReplyContext,
  requestId: string | undefined,
  digits: Record<string, string>,
): ReplyError {
  const fields = Object.keys(digits).join(', ');
  const message = `${context.definition.name} was executed, but a JavaScript number cannot hold ${fields} of its reply. The exact digits are on the error's property "digits". Do not call again.`;
  return new ReplyError({
    ...base(context, requestId),
    outcome: 'executed',
    code: 'UnsafeInteger',
    digits,
    message,
  });
}

function incomplete(context: ReplyContext, field: string, requestId: string | undefined): ReplyError {
  const message = `${context.definition.name}: the reply holds no error, but no usable ${field} either. The request may have been executed, so it is not repeated.`;
  return new ReplyError({ ...base(context, requestId), code: 'IncompleteReply', message });
}

function malformed(context: ReplyContext, what: string, requestId?: string): ReplyError {
  const message = `${context.definition.name}: the reply is not one of the service: ${what}. The request may have been executed, so it is not repeated.`;
  return new ReplyError({ ...base(context, requestId), code: 'MalformedReply', message });
}

function statusError({ status, headers }: HttpReply, context: ReplyContext, requestId?: string): ReplyError {
  const message = `${context.definition.name}: HTTP status ${status} from something before the service. The request may have been executed, so it is not repeated.`;
  const retryAfterMs = readRetryAfter(headers['retry-after']);
  return new ReplyError({ ...base(context, requestId), code: 'HttpStatus', status, retryAfterMs, message });
}

function readRetryAfter(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) * 1000 : undefined;
}

function base(
  { definition, attempts }: ReplyContext,
  requestId: string | undefined,
): Omit<TcccErrorFields, 'code' | 'message'> {
  return { action: definition.name, attempts, requestId, outcome: 'unknown' };
}

function secretsOf(credentials: Credentials | undefined): string[] {
  const { secretId, secretKey, token } = credentials ?? {};
  return [secretId, secretKey, token].filter((secret) => secret !== undefined);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
