import { isUtf8 } from 'node:buffer';
import type { ActionDefinition } from '../action.js';
import { findErrorFact } from '../action.js';
import type { Credentials } from '../credentials/types.js';
import type { TcccErrorFields } from '../errors/errors.js';
import { ResponseError, ServiceError } from '../errors/errors.js';
import type { ParsedJson } from './json.js';
import { parseJson } from './json.js';
import { joinPath } from '../params/plain-data.js';
import { safeText } from '../errors/redact.js';
import type { HttpResponse } from '../transport/exchange.js';

/** What is known of the call when its response is read. */
export interface ResponseContext {
  readonly definition: ActionDefinition;
  readonly attempts: number;
  /** Never to be shown, even if the service repeats them. */
  readonly credentials: Credentials | undefined;
}

type Fields = Record<string, unknown>;

/** The shape of an error code. */
const CODE = /^[A-Za-z]\w{0,63}(\.\w{1,64})?$/;

/**
 * Reads the service's envelope: returns the result, or throws what the response says or fails to say.
 *
 * @throws ServiceError where the response carries an error code
 * @throws ResponseError where it is no response of the service, or one that cannot be given as a result
 */
export function readResponse(
  response: HttpResponse,
  context: ResponseContext,
  maxResponseBytes: number,
): Fields {
  const { envelope, mayHoldBigint } = readEnvelope(response, context, maxResponseBytes);
  const failure = envelope.Error;
  if (failure !== undefined && failure !== null) throw errorInResponse(failure, envelope, response, context);
  if (response.status !== 200) throw statusError(response, context, requestIdOf(envelope, response));
  return readResult(envelope, response, context, mayHoldBigint);
}

/** The object under `Response`. */
function readEnvelope(
  response: HttpResponse,
  context: ResponseContext,
  maxResponseBytes: number,
): { envelope: Fields; mayHoldBigint: boolean } {
  let parsed: ParsedJson;
  try {
    parsed = parseJson(decodeBody(response, maxResponseBytes));
  } catch {
    throw response.status === 200
      ? malformed(context, 'its body is not JSON')
      : statusError(response, context);
  }
  const { value, mayHoldBigint } = parsed;
  const envelope = isObject(value) && Object.hasOwn(value, 'Response') ? value.Response : undefined;
  if (isObject(envelope)) return { envelope, mayHoldBigint };
  throw response.status === 200
    ? malformed(context, 'its JSON has no object "Response"')
    : statusError(response, context);
}

/** The body as text. The request does not ask for compression, but a gateway on the way may apply it. */
function decodeBody({ body, headers }: HttpResponse, maxResponseBytes: number): string {
  const encoding = headers['content-encoding'];
  const bytes =
    encoding === undefined || encoding === 'identity' ? body : decompress(body, encoding, maxResponseBytes);
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

function requestIdOf(envelope: Fields, { headers }: HttpResponse): string | undefined {
  return safeRequestId(envelope.RequestId) ?? safeRequestId(headers['x-tc-requestid']);
}

/** An id that may be shown in errors and logs: only what has the shape of one. */
export function safeRequestId(id: unknown): string | undefined {
  return typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : undefined;
}

function errorInResponse(
  failure: unknown,
  envelope: Fields,
  response: HttpResponse,
  context: ResponseContext,
): ServiceError | ResponseError {
  const { definition: action, attempts } = context;
  const requestId = requestIdOf(envelope, response);
  const code = isObject(failure) ? failure.Code : undefined;
  if (typeof code !== 'string' || !CODE.test(code) || /\d{5}/.test(code)) {
    return malformed(context, 'it holds an error without a code', requestId);
  }
  if (action.result.required.some((field) => field !== 'RequestId' && Object.hasOwn(envelope, field))) {
    const message = `${action.name}: the response holds both a result and the error ${code}. The request may have been executed, so it is not repeated.`;
    return new ResponseError({ ...base(context, requestId), code: 'ContradictoryResponse', message });
  }
  // The service answers its errors with 200; with another status, something else has had its hands in the response.
  const fact = response.status === 200 ? findErrorFact(action.errors, code) : undefined;
  const rawMessage = (failure as Fields).Message;
  const serviceMessage =
    typeof rawMessage === 'string' ? safeText(rawMessage, secretsOf(context.credentials)) : '';
  const doubt =
    response.status === 200
      ? 'This version does not know the code'
      : `It came with HTTP status ${response.status}`;
  const meaning = fact?.meaning ?? `${doubt}, so the request may have been executed.`;
  return new ServiceError({
    code,
    action: action.name,
    attempts,
    requestId,
    outcome: fact?.outcome ?? 'unknown',
    retry: fact?.retry ?? 'never',
    status: response.status,
    serviceMessage,
    message: `${action.name}: ${code}. ${meaning}${serviceMessage === '' ? '' : ` The service says: ${serviceMessage}`}`,
  });
}

/** The documented output, with integers checked and everything else passed on as it is. */
function readResult(
  envelope: Fields,
  response: HttpResponse,
  context: ResponseContext,
  mayHoldBigint: boolean,
): Fields {
  const { definition: action } = context;
  const result: Fields = { ...envelope };
  result.RequestId ??= requestIdOf(envelope, response) ?? '';
  for (const field of action.result.integers) result[field] = readInteger(result[field]);
  const { required, integers } = action.result;
  const isThere = (field: string) => {
    const value = result[field];
    return integers.includes(field)
      ? Number.isSafeInteger(value) || typeof value === 'bigint'
      : value != null;
  };
  const missing = required.find((field) => !isThere(field));
  if (missing !== undefined) throw incomplete(context, missing, requestIdOf(envelope, response));
  const isUnsafe = mayHoldBigint || integers.some((field) => typeof result[field] === 'bigint');
  const digits = isUnsafe ? unsafeIntegers(result) : {};
  if (Object.keys(digits).length > 0) throw unsafeInteger(context, requestIdOf(envelope, response), digits);
  if (typeof result.RequestId !== 'string') throw incomplete(context, 'RequestId', undefined);
  return result;
}

/** An integer, also one that the service wrote as a string of digits; anything else as it is. */
function readInteger(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d{1,40}$/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

/** Every integer of the response that a number cannot hold, by path. Not recursive, for a response may nest as deep as it likes. */
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
  context: ResponseContext,
  requestId: string | undefined,
  digits: Record<string, string>,
): ResponseError {
  const fields = Object.keys(digits).join(', ');
  const message = `${context.definition.name} was executed, but a JavaScript number cannot hold ${fields} of its response. The exact digits are on the error's property "digits". Do not call again.`;
  return new ResponseError({
    ...base(context, requestId),
    outcome: 'executed',
    code: 'UnsafeInteger',
    digits,
    message,
  });
}

function incomplete(context: ResponseContext, field: string, requestId: string | undefined): ResponseError {
  const message = `${context.definition.name}: the response holds no error, but no usable ${field} either. The request may have been executed, so it is not repeated.`;
  return new ResponseError({ ...base(context, requestId), code: 'IncompleteResponse', message });
}

function malformed(context: ResponseContext, what: string, requestId?: string): ResponseError {
  const message = `${context.definition.name}: the response is not one of the service: ${what}. The request may have been executed, so it is not repeated.`;
  return new ResponseError({ ...base(context, requestId), code: 'MalformedResponse', message });
}

function statusError(
  { status, headers }: HttpResponse,
  context: ResponseContext,
  requestId?: string,
): ResponseError {
  const message = `${context.definition.name}: HTTP status ${status} from something before the service. The request may have been executed, so it is not repeated.`;
  const retryAfterMs = readRetryAfter(headers['retry-after']);
  return new ResponseError({
    ...base(context, requestId),
    code: 'HttpStatus',
    status,
    retryAfterMs,
    message,
  });
}

function readRetryAfter(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) * 1000 : undefined;
}

function base(
  { definition, attempts }: ResponseContext,
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
