import { checkOrigin } from '../checks.js';
import type { OptionTable } from '../option-table.js';
import { number, readOptions, text } from '../option-table.js';
import type { HttpResponse } from '../transport/exchange.js';
import { ExchangeFailure } from '../transport/failures.js';
import { readVariable } from './env.js';
import { credentialsError } from './errors.js';
import type { SendRequest } from './http.js';
import { badStatus, openDirect, parseObject, readTemporary, withConnections } from './http.js';
import type { CredentialContext, Credentials } from './types.js';

export interface CvmRoleOptions {
  /** Name of the role. Default: the one that is bound to the machine. */
  roleName?: string;
  /** Origin of the metadata service. Default `http://metadata.tencentyun.com`. */
  endpoint?: string;
  /** Time to connect, in milliseconds. 1 to 30,000; default 1,000. */
  connectTimeoutMs?: number;
  /** Time of each of the two requests, in milliseconds. 1 to 30,000; default 3,000. */
  timeoutMs?: number;
}

/** Set to `true` or `1`, it keeps this package from asking the metadata service. */
const DISABLED = 'TENCENTCLOUD_METADATA_DISABLED';

const PATH = '/latest/meta-data/cam/security-credentials/';
const ROLE_NAME = /^[\w+=,.@-]{1,128}$/;
const WHAT = 'Role of the virtual machine';

/** Made when it is asked for, so that a bundle can leave it out. */
const optionTable = () =>
  ({
    roleName: text(ROLE_NAME, 'the name of a role'),
    endpoint: (_name, given = 'http://metadata.tencentyun.com') => given,
    connectTimeoutMs: number({ min: 1, max: 30_000, fallback: 1_000 }),
    timeoutMs: number({ min: 1, max: 30_000, fallback: 3_000 }),
  }) satisfies OptionTable<CvmRoleOptions>;

/**
 * Temporary credentials of the role that is bound to this virtual machine, from its metadata service. Asks nobody if
 * TENCENTCLOUD_METADATA_DISABLED is `true` or `1`.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if this is no virtual machine or it has no role,
 * `CredentialsUnavailable` if the metadata service fails, and `CredentialsInvalid` if the role `roleName` is not bound.
 *
 * @example
 * const client = new OutboundClient({ site: 'intl', credentials: cvmRoleSource({ roleName: 'dialler' }) });
 * @throws ConfigurationError that names the option
 */
export function cvmRoleSource(
  options: CvmRoleOptions = {},
): (context: CredentialContext) => Promise<Credentials> {
  const { roleName, endpoint, connectTimeoutMs, timeoutMs } = readOptions(
    optionTable(),
    options,
    'options of cvmRoleSource',
  );
  const origin = checkOrigin('endpoint', endpoint, true);
  let hasAnswered = false;
  const read = async (send: SendRequest, path: string): Promise<HttpResponse> => {
    try {
      const response = await send({ origin, path, timeoutMs });
      hasAnswered = true;
      return response;
    } catch (error) {
      // Once it has answered, it is there; that it does not answer now will pass.
      const isUnheard = error instanceof ExchangeFailure && !error.sent;
      if (isUnheard && !hasAnswered) throw notFound(`nobody answers at ${origin}`);
      throw error;
    }
  };
  return async (context) => {
    if (isDisabled()) throw notFound(`${DISABLED} is set`);
    return withConnections(
      context,
      WHAT,
      () => openDirect(connectTimeoutMs),
      async (send) => {
        const role = roleName ?? readRoleName(await read(send, PATH));
        return readCredentials(
          await read(send, PATH + encodeURIComponent(role)),
          role,
          roleName !== undefined,
        );
      },
    );
  };
}

function isDisabled(): boolean {
  return /^(?:true|1)$/i.test(readVariable(process.env, DISABLED)?.trim() ?? '');
}

function readRoleName({ status, body }: HttpResponse): string {
  const name = body.toString('utf8').trim();
  if (status === 404 || (status === 200 && name === '')) throw notFound('no role is bound');
  if (status !== 200) throw badStatus(status, WHAT);
  if (ROLE_NAME.test(name)) return name;
  throw credentialsError('CredentialsUnavailable', `${WHAT}: the response holds no name of a role.`);
}

function readCredentials({ status, body }: HttpResponse, role: string, isAsked: boolean): Credentials {
  if (status === 404 && isAsked) {
    const message = `${WHAT}: the role ${role} is not bound. Bind it, or leave roleName out.`;
    throw credentialsError('CredentialsInvalid', message);
  }
  if (status !== 200) throw badStatus(status, WHAT);
  const fields = parseObject(body);
  if (fields.Code !== 'Success') {
    const message = `${WHAT}: the response has no credentials of the role ${role}; its Code is not Success.`;
    throw credentialsError('CredentialsUnavailable', message);
  }
  return readTemporary(fields, fields.ExpiredTime, `cvm-role:${role}`, WHAT);
}

function notFound(why: string): Error {
  return credentialsError('CredentialsNotFound', `${WHAT}: ${why}.`);
}
