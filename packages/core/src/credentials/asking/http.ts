import { CancelScope } from '../../cancellation.js';
import { safeCause } from '../../errors/safe-cause.js';
import type { HttpResponse } from '../../transport/exchange.js';
import { describeConnectFailure } from '../../transport/connect-failures.js';
import { ExchangeFailure, ProxyFailure, SetupFailure } from '../../transport/failures.js';
import { createPool } from '../../transport/pool/pool.js';
import type { Transport } from '../../transport/transport.js';
import { textFault } from '../check.js';
import type { CredentialsErrorDetails } from '../errors.js';
import { credentialsError } from '../errors.js';
import type { CredentialContext, Credentials } from '../types.js';

/** Longest response of a credential service, in bytes. */
const MAX_RESPONSE_BYTES = 65_536;

/** A small request to a credential service: a GET, or a POST if there is a body. */
export interface CredentialRequest {
  origin: string;
  path: string;
  headers?: string[];
  body?: string;
  /** From now to the end of the response, in milliseconds. */
  timeoutMs: number;
}

export type SendRequest = (request: CredentialRequest) => Promise<HttpResponse>;

/**
 * Performs requests to a credential service over connections of their own, which close with the work. `what` names the
 * service in messages.
 *
 * @throws CredentialsError with code `CredentialsUnavailable` if there is no complete response
 */
export async function withConnections<T>(
  { signal, clock }: CredentialContext,
  what: string,
  open: () => Promise<Transport>,
  work: (send: SendRequest) => Promise<T>,
): Promise<T> {
  const scope = new CancelScope(clock, Infinity, signal);
  let transport: Transport | undefined;
  try {
    const opened = (transport = await open());
    return await work(({ origin, path, headers = [], body, timeoutMs }) => {
      scope.throwIfCancelled();
      const exchange = opened.exchange({
        origin,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers,
        body: body === undefined ? null : Buffer.from(body),
        timeoutMs,
        maxResponseBytes: MAX_RESPONSE_BYTES,
        scope,
        clock,
        delivery: { isSent: false, isAnswered: false },
      });
      exchange.start();
      return exchange.response.finally(() => exchange.releaseConnection());
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SetupFailure)
      throw credentialsError('CredentialsUnavailable', `${what}: ${error.message}`, { retry: 'never' });
    if (!(error instanceof ExchangeFailure)) throw error;
    throw noResponse(error, what);
  } finally {
    scope.release();
    await transport?.destroy?.();
  }
}

function noResponse({ kind, sent, cause }: ExchangeFailure, what: string): Error {
  if (kind === 'too-large') {
    const message = `${what}: the response is longer than ${MAX_RESPONSE_BYTES} bytes.`;
    return credentialsError('CredentialsUnavailable', message, { retry: 'never' });
  }
  const fault =
    kind === 'timeout'
      ? 'no complete response came in time'
      : sent
        ? 'the connection was lost'
        : cause instanceof ProxyFailure
          ? describeConnectFailure(cause).what
          : 'no connection could be made';
  const details: CredentialsErrorDetails = cause === undefined ? {} : { cause: safeCause(cause) };
  return credentialsError('CredentialsUnavailable', `${what}: ${fault}${codeOf(details.cause)}.`, details);
}

function codeOf(cause: unknown): string {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? ` (${code})` : '';
}

/** A response whose status says that there is nothing to read in it. */
export function badStatus(status: number, what: string): Error {
  const isPassing = status === 429 || status >= 500;
  return credentialsError('CredentialsUnavailable', `${what}: the response has status ${status}.`, {
    retry: isPassing ? 'after-backoff' : 'never',
  });
}

/** A direct connection, past any proxy: a proxy has no business with a machine's metadata service. */
export function openDirect(connectTimeoutMs: number): Promise<Transport> {
  return createPool({ ...CONNECTIONS, connectTimeoutMs }, {});
}

/** A connection through the proxy of the environment, if there is one. */
export function openThroughProxy(): Promise<Transport> {
  return createPool({ ...CONNECTIONS, connectTimeoutMs: 5_000 });
}

const CONNECTIONS = { keepAliveMs: 1_000, maxConnections: 1 };

/** A JSON object of a credential service, of which nothing is known yet. */
type JsonObject = Readonly<Record<string, unknown>>;

/** The latest time that a date can hold, in seconds since the Unix epoch. */
const MAX_SECONDS = 8_640_000_000_000;

/** The object that a body holds; an empty one if it holds none. */
export function parseObject(body: Buffer): JsonObject {
  try {
    return asObject(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

/** The value itself if it is an object, else an empty one. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

/**
 * Reads temporary credentials, field by field. A field that is missing must not be sent as the text "undefined".
 *
 * @throws CredentialsError with code `CredentialsUnavailable` that names the field
 */
export function readTemporary(
  { TmpSecretId, TmpSecretKey, Token }: JsonObject,
  ExpiredTime: unknown,
  account: string,
  what: string,
): Credentials {
  const text = (name: string, value: unknown): string => {
    const fault = textFault(value);
    if (fault === undefined) return value as string;
    throw credentialsError('CredentialsUnavailable', `${what}: ${name} of the response ${fault}`);
  };
  return {
    secretId: text('TmpSecretId', TmpSecretId),
    secretKey: text('TmpSecretKey', TmpSecretKey),
    token: text('Token', Token),
    expiresAtMs: readSeconds(ExpiredTime, what) * 1_000,
    account,
  };
}

function readSeconds(value: unknown, what: string): number {
  if (typeof value === 'number' && value > 0 && value <= MAX_SECONDS) return value;
  const message = `${what}: ExpiredTime of the response is not a time in seconds since the Unix epoch.`;
  throw credentialsError('CredentialsUnavailable', message);
}
