import { safeText } from '../errors/redact.js';
import type { HttpResponse } from '../transport/exchange.js';
import { credentialsError } from './errors.js';
import {
  asObject,
  badStatus,
  openThroughProxy,
  parseObject,
  readTemporary,
  withConnections,
} from './http.js';
import type { CredentialContext, Credentials } from './types.js';

/** Time of one request, in milliseconds. */
export const STS_TIME = { min: 1, max: 30_000, fallback: 10_000 };

export const STS_ORIGIN = 'https://sts.tencentcloudapi.com';
export const STS_VERSION = '2018-08-13';

/** How long credentials of a role are valid by default, in seconds. */
export const STS_DURATION_SECONDS = 7_200;

/** A request for credentials of a role to the Security Token Service. */
interface StsRequest {
  origin: string;
  /** Names and values in turn. */
  headers: string[];
  /** The parameters, as JSON. */
  body: string;
  timeoutMs: number;
  /** Names the source in messages. */
  what: string;
  /** What authorises the request must not be shown, even if the service repeats it. */
  secrets: readonly string[];
  /** Name of the account that the credentials act for. */
  account: string;
}

/** Codes of failures that pass. All others refuse what the user has configured. */
const PASSING = /^(?:InternalError|RequestLimitExceeded|ServiceUnavailable|ResourceUnavailable)(?:\.|$)/;

/**
 * Asks the Security Token Service for temporary credentials.
 *
 * @throws CredentialsError with code `CredentialsInvalid` if the service refuses the request, `CredentialsUnavailable` if
 * it cannot be had or fails
 */
export function requestRole(context: CredentialContext, request: StsRequest): Promise<Credentials> {
  const { origin, headers, body, timeoutMs, what } = request;
  return withConnections(context, what, openThroughProxy, async (send) =>
    readRole(await send({ origin, path: '/', timeoutMs, headers, body }), request),
  );
}

function readRole({ status, body }: HttpResponse, { what, account, secrets }: StsRequest): Credentials {
  if (status !== 200) throw badStatus(status, what);
  const response = asObject(parseObject(body).Response);
  if (response.Error !== undefined) throw refused(asObject(response.Error).Code, what, secrets);
  return readTemporary(asObject(response.Credentials), response.ExpiredTime, account, what);
}

function refused(code: unknown, what: string, secrets: readonly string[]): Error {
  const shown = typeof code === 'string' ? safeText(code, secrets) : 'an error without a code';
  if (typeof code === 'string' && !PASSING.test(code)) {
    const message = `${what}: the token service refused the request with ${shown}. Check the role and who may assume it.`;
    return credentialsError('CredentialsInvalid', message);
  }
  return credentialsError('CredentialsUnavailable', `${what}: the token service failed with ${shown}.`);
}
