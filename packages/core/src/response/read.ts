import { isUtf8 } from 'node:buffer';
import type { ActionDefinition, ErrorFact } from '../action.js';
import { findErrorFact } from '../action.js';
import type { ResponseErrorCode } from '../errors/codes.js';
import { joinPath } from '../errors/describe.js';
import type { ResponseErrorDetails } from '../errors/errors.js';
import type { Outcome } from '../errors/outcome.js';
import { safeText } from '../errors/redact.js';
import type { HttpResponse } from '../transport/exchange.js';
import { parseJson } from './json.js';

type Fields = Record<string, unknown>;

/** What a response says. */
export type Reading = Success | Refusal | Unusable;

/** The documented output. */
export interface Success {
  readonly kind: 'success';
  readonly result: Fields;
  readonly requestId: string | undefined;
}

/** An error code of the service. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: string;
  /** What the spec says about the code; absent if it says nothing that can be relied on here. */
  readonly fact: ErrorFact | undefined;
  /** The service's own words, safe to show. */
  readonly serviceMessage: string;
  readonly status: number;
  readonly requestId: string | undefined;
}

/** A response that can be given neither as a result nor as a refusal. */
export interface Unusable extends ResponseErrorDetails {
  readonly kind: 'unusable';
  readonly code: ResponseErrorCode;
  readonly outcome: Outcome;
  /** What is wrong, as a predicate. */
  readonly says: string;
  readonly requestId?: string | undefined;
}

/** Thrown if a response is no success; `call/errors.ts` says what it becomes. */
export class ResponseFailure extends Error {
  readonly reading: Refusal | Unusable;

  constructor(reading: Refusal | Unusable) {
    super(reading.kind);
    this.reading = reading;
  }
}

/** What is needed to read a response. */
export interface ReadingContext {
  readonly action: ActionDefinition;
  /** Never to be shown, even if the service repeats them. */
  readonly secrets: readonly string[];
  readonly maxResponseBytes: number;
}

/** The shape of an error code. */
const CODE = /^[A-Za-z]\w{0,63}(\.\w{1,64})?$/;

const UNKNOWN_EFFECT = 'The request may have been executed, so it is not repeated.';

/** Reads the service's envelope. */
export function readResponse(response: HttpResponse, context: ReadingContext): Reading {
  const parsed = parseBody(response, context.maxResponseBytes);
  const envelope = isObject(parsed?.value) ? ownField(parsed.value, 'Response') : undefined;
  if (parsed === undefined || !isObject(envelope)) {
    if (response.status !== 200) return ofStatus(response, undefined);
    return malformed(parsed === undefined ? 'its body is not JSON' : 'its JSON has no object "Response"');
  }
  const requestId = safeRequestId(envelope.RequestId) ?? safeRequestId(response.headers['x-tc-requestid']);
  const failure = envelope.Error;
  if (failure !== undefined && failure !== null) {
    return readRefusal(failure, envelope, response, requestId, context);
  }
  if (response.status !== 200) return ofStatus(response, requestId);
  return readResult(envelope, requestId, context.action, parsed.mayHoldBigint);
}

/** The body as JSON; undefined if it is none. The request does not ask for compression, but a gateway may apply it. */
function parseBody(
  response: HttpResponse,
  maxResponseBytes: number,
): ReturnType<typeof parseJson> | undefined {
  try {
    return parseJson(decodeBody(response, maxResponseBytes));
  } catch {
    return undefined;
  }
}

function decodeBody({ body, headers }: HttpResponse, maxResponseBytes: number): string {
  const encoding = headers['content-encoding'];
  const isPlain = encoding === undefined || encoding === 'identity';
  const bytes = isPlain ? body : decompress(body, encoding, maxResponseBytes);
  if (!isUtf8(bytes)) throw new Error('not UTF-8');
  return bytes.toString('utf8');
}

/** Loads zlib only if it is needed, which is hardly ever. */
function decompress(body: Buffer, encoding: string | string[], maxOutputLength: number): Buffer {
  const { gunzipSync, inflateSync } = process.getBuiltinModule('node:zlib');
  if (encoding === 'gzip') return gunzipSync(body, { maxOutputLength });
  if (encoding === 'deflate') return inflateSync(body, { maxOutputLength });
  throw new Error('unknown encoding');
}

/** An id that may be shown in errors and logs: only what has the shape of one. */
export function safeRequestId(id: unknown): string | undefined {
  return typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : undefined;
}

function readRefusal(
  failure: unknown,
  envelope: Fields,
  { status }: HttpResponse,
  requestId: string | undefined,
  { action, secrets }: ReadingContext,
): Refusal | Unusable {
  const code = isObject(failure) ? failure.Code : undefined;
  if (typeof code !== 'string' || !CODE.test(code) || /\d{5}/.test(code)) {
    return malformed('it holds an error without a code', requestId);
  }
  if (holdsResult(envelope, action)) {
    const says = `got a response with both a result and the error ${code}. ${UNKNOWN_EFFECT}`;
    return { kind: 'unusable', code: 'ContradictoryResponse', outcome: 'unknown', says, requestId };
  }
  // The service answers its errors with 200; with another status, something else has changed the response.
  const fact = status === 200 ? findErrorFact(action.errors, code) : undefined;
  const text = (failure as Fields).Message;
  const serviceMessage = typeof text === 'string' ? safeText(text, secrets) : '';
  return { kind: 'refusal', code, fact, serviceMessage, status, requestId };
}

/** Whether a response with an error also has a field that only a success has. */
export function holdsResult(envelope: Fields, { result }: ActionDefinition): boolean {
  return result.required.some((field) => field !== 'RequestId' && Object.hasOwn(envelope, field));
}

/** The documented output, with integers checked and everything else passed on as it is. */
function readResult(
  envelope: Fields,
  requestId: string | undefined,
  { result: { required, integers } }: ActionDefinition,
  mayHoldBigint: boolean,
): Success | Unusable {
  const result: Fields = { ...envelope };
  result.RequestId ??= requestId ?? '';
  for (const field of integers) result[field] = readInteger(result[field]);
  const missing = required.find((field) => !isUsable(result[field], integers.includes(field)));
  if (missing !== undefined) return incomplete(missing, requestId);
  const isUnsafe = mayHoldBigint || integers.some((field) => typeof result[field] === 'bigint');
  const digits = isUnsafe ? unsafeIntegers(result) : {};
  if (Object.keys(digits).length > 0) return unsafeInteger(digits, requestId);
  if (typeof result.RequestId !== 'string') return incomplete('RequestId', undefined);
  return { kind: 'success', result, requestId };
}

/** Whether a required field of a success is there. */
export function isUsable(value: unknown, isInteger: boolean): boolean {
  return isInteger ? Number.isSafeInteger(value) || typeof value === 'bigint' : value != null;
}

/** An integer, also one that the service wrote as a string of digits; anything else as it is. */
function readInteger(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d{1,40}$/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

/** Every integer that a number cannot hold, by path. Not recursive, for a response may nest as deep as it likes. */
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

/** Accepted by the service, but its id cannot be given as a number. */
export function unsafeInteger(digits: Record<string, string>, requestId: string | undefined): Unusable {
  const fields = Object.keys(digits).join(', ');
  const says = `was executed, but a JavaScript number cannot hold ${fields} of its response. The exact digits are on the error's property "digits". Do not call again.`;
  return { kind: 'unusable', code: 'UnsafeInteger', outcome: 'executed', says, digits, requestId };
}

function incomplete(field: string, requestId: string | undefined): Unusable {
  const says = `got a response without an error, but without a usable ${field} either. ${UNKNOWN_EFFECT}`;
  return { kind: 'unusable', code: 'IncompleteResponse', outcome: 'unknown', says, requestId };
}

/** Something that is no response of the service. */
export function malformed(what: string, requestId?: string): Unusable {
  const says = `got a response that is not one of the service: ${what}. ${UNKNOWN_EFFECT}`;
  return { kind: 'unusable', code: 'MalformedResponse', outcome: 'unknown', says, requestId };
}

function ofStatus({ status, headers }: HttpResponse, requestId: string | undefined): Unusable {
  const says = `got HTTP status ${status} from something before the service. ${UNKNOWN_EFFECT}`;
  const retryAfterMs = readRetryAfter(headers['retry-after']);
  return { kind: 'unusable', code: 'HttpStatus', outcome: 'unknown', says, status, requestId, retryAfterMs };
}

function readRetryAfter(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) * 1000 : undefined;
}

function ownField(value: Fields, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
