import type { ActionDefinition, ErrorTable, ErrorFact, ResultShape } from '../action.js';
import { findErrorFact } from '../action.js';
import type { ResponseErrorCode } from '../errors/codes.js';
import type { ResponseErrorDetails } from '../errors/errors.js';
import type { Outcome } from '../errors/outcome.js';
import { holdsSecret } from '../errors/secrets.js';
import type { HttpResponse } from '../transport/exchange.js';
import { decodeBody } from './decode.js';
import { soleValueOf, valuesOf } from './headers.js';
import type { Digits } from './integers.js';
import { convertIntegers } from './integers.js';
import type { ParsedJson } from './json.js';
import { parseJson } from './json.js';
import type { SeenIds } from './seen-ids.js';

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
  /** Whether it came as the service sends its errors: with status 200 and a request id. */
  readonly isOfService: boolean;
  /** The service's own words, as they came: they may hold anything. */
  readonly rawMessage: string;
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

/** Thrown if a response is not a success; `call/to-error.ts` says what it becomes. */
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
  /** What the request was marked with. */
  readonly traceId: string;
  /** The ids of earlier responses, and whose they are. */
  readonly seenIds: SeenIds;
  readonly service: string;
}

/** The shape of an error code. */
const CODE = /^[A-Za-z]\w{0,63}(\.\w{1,64})?$/;

/** Reads the service's envelope. */
export function readResponse(response: HttpResponse, context: ReadingContext): Reading {
  const { status, headers } = response;
  const body = readBody(response, context.maxResponseBytes);
  const parsed = typeof body === 'string' ? undefined : body;
  const envelope = isObject(parsed?.value) ? ownField(parsed.value, 'Response') : undefined;
  if (parsed === undefined || !isObject(envelope)) {
    if (status !== 200) return ofStatus(response, undefined);
    return malformed(typeof body === 'string' ? body : 'its JSON has no object "Response"', status);
  }
  const id = readId(ownField(envelope, 'RequestId')) ?? readId(soleValueOf(headers['x-tc-requestid']));
  const requestId = safeRequestId(id);
  const sign = signOfAnother(response, id, context);
  if (sign !== undefined) return foreign(sign, status, requestId);
  if (parsed.hasDuplicateKeys) return contradictory('names one key twice', status, requestId);
  if (ownField(parsed.value as Fields, 'Error') != null)
    return contradictory('holds an error next to its "Response"', status, requestId);
  const failure = ownField(envelope, 'Error');
  if (failure !== undefined && failure !== null)
    return readRefusal(failure, envelope, status, id, requestId, context);
  if (status !== 200) return ofStatus(response, requestId);
  return readResult(envelope, id, requestId, context.action);
}

/** What shows that a response is another's; undefined if nothing does: only then does it count. */
function signOfAnother(
  { headers }: HttpResponse,
  id: string | undefined,
  { traceId, seenIds, service }: ReadingContext,
): string | undefined {
  // Asked first, so that the id counts as seen in any case.
  if (id !== undefined && seenIds.isRepeated(id, service))
    return 'belongs to another request: its request id came before, with an earlier response';
  if (isFromCache(headers)) return 'belongs to another request: it comes from a cache, by its header Age';
  const isOurs = valuesOf(headers['x-tc-traceid']).every((echo) => echo.toLowerCase() === traceId);
  return isOurs ? undefined : 'belongs to another request: it has the trace id of another';
}

/** Whether a response was made before the request, and kept (RFC 9111, section 5.1). Some gateways add an age of 0 to all. */
function isFromCache(headers: HttpResponse['headers']): boolean {
  return valuesOf(headers.age).some((age) => /^\d+$/.test(age) && Number(age) > 0);
}

/** The parsed body, or the reason it is not JSON. */
function readBody(response: HttpResponse, maxResponseBytes: number): ParsedJson | string {
  let text: string;
  try {
    text = decodeBody(response, maxResponseBytes);
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLong ? 'its compressed body is longer than maxResponseBytes' : 'its body cannot be decoded';
  }
  try {
    return parseJson(text);
  } catch {
    return 'its body is not JSON';
  }
}

/** An id of any shape. */
function readId(id: unknown): string | undefined {
  return typeof id === 'string' && id !== '' && id.length <= 128 ? id : undefined;
}

/** An id that may be shown in errors and logs: only what has the shape of one. */
export function safeRequestId(id: unknown): string | undefined {
  return typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : undefined;
}

function readRefusal(
  failure: unknown,
  envelope: Fields,
  status: number,
  id: string | undefined,
  requestId: string | undefined,
  { action, secrets }: ReadingContext,
): Refusal | Unusable {
  const code = isObject(failure) ? failure.Code : undefined;
  const errors = action.errors();
  if (typeof code !== 'string' || !isSafeCode(code, errors, secrets)) {
    return malformed('it holds an error without a code that can be shown', status, requestId);
  }
  if (holdsResult(envelope, action)) {
    return contradictory(`holds both a result and the error ${code}`, status, requestId);
  }
  // The service answers its errors with 200 and an id; otherwise something else has made or changed the response.
  const isOfService = status === 200 && id !== undefined;
  const fact = isOfService ? findErrorFact(errors, code) : undefined;
  const text = (failure as Fields).Message;
  const rawMessage = typeof text === 'string' ? text : '';
  return { kind: 'refusal', code, fact, isOfService, rawMessage, status, requestId };
}

/** Whether a code has the shape of one, and carries nothing that must not be shown. */
function isSafeCode(code: string, errors: ErrorTable, secrets: readonly string[]): boolean {
  if (Object.hasOwn(errors, code)) return true;
  return CODE.test(code) && !/\d{5}/.test(code) && !holdsSecret(code, secrets);
}

/** Whether a response with an error also has a field that only a success has. */
function holdsResult(envelope: Fields, { result }: ActionDefinition): boolean {
  return result.required.some((field) => field !== 'RequestId' && Object.hasOwn(envelope, field));
}

/** The documented output. Declared integers are numbers; everything else is passed on as `parseJson` gives it. */
function readResult(
  envelope: Fields,
  id: string | undefined,
  requestId: string | undefined,
  { result: shape }: ActionDefinition,
): Success | Unusable {
  if (id === undefined) return incomplete('RequestId', undefined);
  const result: Fields = { ...envelope, RequestId: id };
  const digits = convertIntegers(result, shape.integers);
  const unsafe = Object.keys(digits);
  const negative = unsafe.find((path) => shape.ids?.includes(path) && digits[path]!.startsWith('-'));
  if (negative !== undefined) return incomplete(negative, requestId);
  if (unsafe.length > 0) return unsafeInteger(digits, requestId);
  const missing = shape.required.find((field) => !isUsable(ownField(result, field), field, shape));
  if (missing !== undefined) return incomplete(missing, requestId);
  return { kind: 'success', result, requestId };
}

/** Whether a required field of a success is there. An id counts from 1. */
function isUsable(value: unknown, field: string, { integers, ids = [] }: ResultShape): boolean {
  if (ids.includes(field)) return Number.isSafeInteger(value) && (value as number) > 0;
  return integers.includes(field) ? Number.isSafeInteger(value) : value != null;
}

/** Accepted by the service, but its id cannot be given as a number. */
function unsafeInteger(digits: Digits, requestId: string | undefined): Unusable {
  const fields = Object.keys(digits).join(', ');
  const says = `got a response with ${fields} too large for a JavaScript number. The exact digits are on the error's property "digits".`;
  return {
    kind: 'unusable',
    code: 'UnsafeInteger',
    outcome: 'executed',
    says,
    status: 200,
    digits,
    requestId,
  };
}

function incomplete(field: string, requestId: string | undefined): Unusable {
  return unknown(
    'IncompleteResponse',
    `without an error, but without a usable ${field} either`,
    200,
    requestId,
  );
}

/** Something that is not a response of the service. */
function malformed(what: string, status: number, requestId?: string): Unusable {
  return unknown('MalformedResponse', `that does not have the documented form: ${what}`, status, requestId);
}

function contradictory(what: string, status: number, requestId: string | undefined): Unusable {
  return unknown('ContradictoryResponse', `that ${what}`, status, requestId);
}

/** A response that another one follows: which of them is the one to this request, nobody can know. */
export function followedByAnother(): ResponseFailure {
  return new ResponseFailure(foreign('was followed by another one'));
}

/** A response that says nothing about this request. */
export function foreign(what: string, status?: number, requestId?: string): Unusable {
  return unknown('ForeignResponse', `that ${what}`, status, requestId);
}

function unknown(code: ResponseErrorCode, which: string, status?: number, requestId?: string): Unusable {
  const says = `got a response ${which}.`;
  return { kind: 'unusable', code, outcome: 'unknown', says, status, requestId };
}

function ofStatus({ status, headers }: HttpResponse, requestId: string | undefined): Unusable {
  const says = `got HTTP status ${status} from something before the service.`;
  const retryAfterMs = readRetryAfter(headers['retry-after']);
  return { kind: 'unusable', code: 'HttpStatus', outcome: 'unknown', says, status, requestId, retryAfterMs };
}

/** In milliseconds; the longest, if several are asked for. */
function readRetryAfter(header: string | string[] | undefined): number | undefined {
  const seconds = valuesOf(header).filter((value) => /^\d{1,7}$/.test(value));
  return seconds.length === 0 ? undefined : Math.max(...seconds.map(Number)) * 1000;
}

function ownField(value: Fields, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
