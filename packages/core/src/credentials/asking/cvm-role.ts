import type { HttpResponse } from '../../transport/exchange.js';
import { ExchangeFailure } from '../../transport/failures.js';
import { readVariable } from './env.js';
import { credentialsError } from '../errors.js';
import type { SendRequest } from './http.js';
import { badStatus, openDirect, parseObject, readTemporary, withConnections } from './http.js';
import type { CredentialContext, Credentials } from '../types.js';

/** Which role, and how to ask for it. */
export interface WantedRole {
  readonly roleName: string | undefined;
  readonly endpoint: string;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
}

/** Set to `true` or `1`, it keeps this package from asking the metadata service. */
const DISABLED = 'TENCENTCLOUD_METADATA_DISABLED';

const PATH = '/latest/meta-data/cam/security-credentials/';
const ROLE_NAME = /^[\w+=,.@-]{1,128}$/;
const WHAT = 'Role of the virtual machine';

/** Asks the metadata service of the virtual machine. */
export function askMetadata({
  roleName,
  endpoint: origin,
  connectTimeoutMs,
  timeoutMs,
}: WantedRole): (context: CredentialContext) => Promise<Credentials> {
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
  throw credentialsError('CredentialsUnavailable', `${WHAT}: the response has no role name.`);
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
