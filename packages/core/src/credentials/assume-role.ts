import { checkKnownOptions, checkNumber, checkOrigin, checkText, invalidOption } from '../checks.js';
import { Signer, prepareHeaders, sha256Hex } from '../signing/tc3.js';
import { defaultCredentials } from './chain.js';
import { checkCredentials } from './check.js';
import { credentialsError, toCredentialsError } from './errors.js';
import { secretsOf } from './secrets.js';
import { STS_DURATION_SECONDS, STS_ORIGIN, STS_TIME, requestRole } from './sts.js';
import type { CredentialContext, CredentialFunction, Credentials } from './types.js';

export interface AssumeRoleOptions {
  /** The role, such as `qcs::cam::uin/100000000001:roleName/dialler`. */
  roleArn: string;
  /** Who assumes the role: fixed credentials, or a function that fetches them. Default: the default chain. */
  base?: Credentials | CredentialFunction;
  /** Name of the session in the records of the account: 2 to 128 letters, digits and `_+=,.@-`. Default `tccc-session`. */
  roleSessionName?: string;
  /** How long the credentials shall be valid, in seconds. 60 to 43,200; default 7,200. They are renewed before they expire. */
  durationSeconds?: number;
  /** The external id that the role demands. Default: none. */
  externalId?: string;
  /** Origin of the Security Token Service. Default `https://sts.tencentcloudapi.com`; for an international account, `https://sts.intl.tencentcloudapi.com`. */
  endpoint?: string;
  /** Region to ask in. Default `ap-guangzhou`. */
  region?: string;
  /** Time of the request, in milliseconds. 1 to 30,000; default 10,000. */
  timeoutMs?: number;
}

const NAMES = Object.keys({
  roleArn: 0,
  base: 0,
  roleSessionName: 0,
  durationSeconds: 0,
  externalId: 0,
  endpoint: 0,
  region: 0,
  timeoutMs: 0,
} satisfies Record<keyof AssumeRoleOptions, 0>);

const ACTION = 'AssumeRole';
const CONTENT_TYPE = 'application/json; charset=utf-8';
const WHAT = 'Assumed role';

/**
 * Temporary credentials of a role, which other credentials assume. For the option `credentials`, and for a chain.
 *
 * The function throws a CredentialsError: `CredentialsUnavailable` if the token service or the source of the base fails,
 * and `CredentialsInvalid` if the token service refuses, or if there are no base credentials.
 *
 * @throws ConfigurationError or CredentialsError that names the option
 */
export function assumeRoleSource(
  options: AssumeRoleOptions,
): (context: CredentialContext) => Promise<Credentials> {
  checkKnownOptions(options, NAMES, 'options of assumeRoleSource');
  const { roleArn, roleSessionName = 'tccc-session', externalId, region = 'ap-guangzhou' } = options;
  if (typeof roleArn !== 'string') throw invalidOption('roleArn', 'the resource name of a role', roleArn);
  checkText('roleArn', roleArn, /^[\x21-\x7e]{1,1024}$/, 'the resource name of a role');
  checkText(
    'roleSessionName',
    roleSessionName,
    /^[\w+=,.@-]{2,128}$/,
    '2 to 128 letters, digits and _+=,.@-',
  );
  checkText('externalId', externalId, /^[\x21-\x7e]{1,128}$/, 'the external id that the role demands');
  checkText('region', region, /^[a-z0-9-]{1,64}$/, 'a region such as ap-guangzhou');
  const origin = checkOrigin('endpoint', options.endpoint ?? STS_ORIGIN);
  const timeoutMs = checkNumber('timeoutMs', options.timeoutMs, STS_TIME);
  const bounds = { min: 60, max: 43_200, fallback: STS_DURATION_SECONDS, isInteger: true };
  const seconds = checkNumber('durationSeconds', options.durationSeconds, bounds);
  const fetchBase = resolveBase(options.base);
  const body = JSON.stringify({
    RoleArn: roleArn,
    RoleSessionName: roleSessionName,
    DurationSeconds: seconds,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  });
  return async (context) => {
    const base = await readBase(fetchBase, context);
    const timestamp = Math.floor(context.clock.now() / 1_000);
    const authorization = sign(base, origin, body, timestamp);
    const fixed = { origin, action: ACTION, region, body, timeoutMs, what: WHAT, account: roleArn };
    return requestRole(context, { ...fixed, timestamp, authorization, secrets: secretsOf(base) });
  };
}

function resolveBase(given: AssumeRoleOptions['base']): CredentialFunction {
  if (given === undefined) return defaultCredentials();
  if (typeof given === 'function') return given;
  const fixed = checkCredentials(given);
  return () => fixed;
}

/** Fetched anew each time, for the role is asked for rarely. */
async function readBase(fetchBase: CredentialFunction, context: CredentialContext): Promise<Credentials> {
  try {
    return checkCredentials(await fetchBase(context));
  } catch (error) {
    context.signal.throwIfAborted();
    const { code, message, cause } = toCredentialsError(error);
    if (code !== 'CredentialsNotFound') throw error;
    // The role was asked for by name, so a chain must not go on to another one.
    throw credentialsError('CredentialsInvalid', `${WHAT}: no base credentials. ${message}`, { cause });
  }
}

function sign(
  { secretId, secretKey, token }: Credentials,
  origin: string,
  body: string,
  timestamp: number,
): string[] {
  const host = new URL(origin).host;
  const headers = prepareHeaders([
    ['content-type', CONTENT_TYPE],
    ['host', host],
    ['x-tc-action', ACTION],
  ]);
  const payloadHash = sha256Hex(body);
  const input = { secretId, secretKey, service: 'sts', timestamp, payloadHash, headers };
  return [
    ...['host', host, 'content-type', CONTENT_TYPE],
    ...['authorization', new Signer().authorization(input)],
    ...(token === undefined ? [] : ['x-tc-token', token]),
  ];
}
