import { safeText } from '../../errors/redact.js';
import { RequestSigner } from '../../signing/request-signer.js';
import { ServiceClock } from '../../signing/service-clock.js';
import { sha256Hex } from '../../signing/sha256.js';
import type { HttpResponse } from '../../transport/exchange.js';
import { checkCredentials } from '../check.js';
import { credentialsError } from '../errors.js';
import { toCredentialsError } from '../to-error.js';
import { readTextFile } from './file-contents.js';
import {
  asObject,
  badStatus,
  openThroughProxy,
  parseObject,
  readTemporary,
  withConnections,
} from './http.js';
import { STS_DURATION_SECONDS } from '../sts-options.js';
import type { CredentialContext, CredentialProvider, Credentials } from '../types.js';
import { secretsOf } from '../types.js';

const STS_VERSION = '2018-08-13';

/** A role that other credentials assume. */
interface AssumeOptions {
  readonly roleArn: string;
  readonly base: CredentialProvider;
  readonly roleSessionName: string;
  readonly durationSeconds: number;
  readonly externalId: string | undefined;
  readonly endpoint: string;
  readonly region: string;
  readonly timeoutMs: number;
}

const ASSUME_ROLE = { name: 'AssumeRole', version: STS_VERSION, service: 'sts' };
const ASSUMED = 'Assumed role';

/** Asks for a role, signed with the base credentials. */
export function assumeRole({
  roleArn,
  base: fetchBase,
  roleSessionName,
  durationSeconds,
  externalId,
  endpoint: origin,
  region,
  timeoutMs,
}: AssumeOptions): (context: CredentialContext) => Promise<Credentials> {
  const body = JSON.stringify({
    RoleArn: roleArn,
    RoleSessionName: roleSessionName,
    DurationSeconds: durationSeconds,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  });
  const request = { definition: ASSUME_ROLE, host: new URL(origin).host, payloadHash: sha256Hex(body) };
  return async (context) => {
    const base = await readBase(fetchBase, context);
    const signer = new RequestSigner(new ServiceClock(context.clock), ['x-tc-region', region]);
    const headers = signer.sign(request, base);
    const secrets = secretsOf(base);
    return requestRole(context, {
      origin,
      headers,
      body,
      timeoutMs,
      what: ASSUMED,
      secrets,
      account: roleArn,
    });
  };
}

/** Fetched again each time, since the role is rarely asked for. */
async function readBase(fetchBase: CredentialProvider, context: CredentialContext): Promise<Credentials> {
  try {
    return checkCredentials(await fetchBase(context));
  } catch (error) {
    context.signal.throwIfAborted();
    const { code, message, cause } = toCredentialsError(error);
    if (code !== 'CredentialsNotFound') throw error;
    // The role was asked for by name, so a chain must not go on to another one.
    throw credentialsError('CredentialsInvalid', `${ASSUMED}: no base credentials. ${message}`, { cause });
  }
}

/** Where the identity of a pod is. */
interface PodOptions {
  readonly endpoint: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

/** The variables of a pod that may assume a role. */
const NAMES = ['TKE_REGION', 'TKE_PROVIDER_ID', 'TKE_WEB_IDENTITY_TOKEN_FILE', 'TKE_ROLE_ARN'] as const;

const POD = 'Role of the pod';

/** Asks for the role of a pod. */
export function assumeRoleOfPod({
  endpoint: origin,
  env,
  timeoutMs,
}: PodOptions): (context: CredentialContext) => Promise<Credentials> {
  return async (context) => {
    const [region, providerId, tokenFile, roleArn] = readVariables(env);
    // The kubelet replaces the file; it is read again each time.
    const identityToken = await readIdentityToken(tokenFile);
    return requestRole(context, {
      origin,
      headers: Object.entries({
        'content-type': 'application/json',
        // The identity token takes the place of a signature.
        authorization: 'SKIP',
        'x-tc-action': 'AssumeRoleWithWebIdentity',
        'x-tc-version': STS_VERSION,
        'x-tc-region': region,
        'x-tc-timestamp': String(Math.floor(context.clock.now() / 1_000)),
      }).flat(),
      body: JSON.stringify({
        ProviderId: providerId,
        WebIdentityToken: identityToken,
        RoleArn: roleArn,
        RoleSessionName: 'tccc-session',
        DurationSeconds: STS_DURATION_SECONDS,
      }),
      timeoutMs,
      what: POD,
      account: roleArn,
      secrets: [identityToken],
    });
  };
}

function readVariables(env: NodeJS.ProcessEnv): [string, string, string, string] {
  const missing = NAMES.filter((name) => (env[name] ?? '').trim() === '');
  if (missing.length === 0) return NAMES.map((name) => env[name]!.trim()) as [string, string, string, string];
  throw credentialsError('CredentialsNotFound', `${POD}: ${missing.join(', ')} not set.`);
}

async function readIdentityToken(path: string): Promise<string> {
  const content = await readTextFile(path, 'The file that TKE_WEB_IDENTITY_TOKEN_FILE names,');
  const token = content.kind === 'text' ? content.text.trim() : '';
  if (token !== '') return token;
  const why = content.kind === 'text' ? `${path} is empty` : content.why;
  const message = `${POD}: TKE_WEB_IDENTITY_TOKEN_FILE names no identity token; ${why}.`;
  throw credentialsError('CredentialsInvalid', message);
}

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
function requestRole(context: CredentialContext, request: StsRequest): Promise<Credentials> {
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
