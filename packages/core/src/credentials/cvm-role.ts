import { CredentialsError } from '../errors/errors.js';
import { ExchangeFailure } from '../transport/failures.js';
import { openDirect, withConnections } from './http.js';
import type { Credentials, CredentialSource } from './types.js';

export interface CvmRoleOptions {
  /** Name of the role. Default: the one that is bound to the machine. */
  roleName?: string;
  /** Origin of the metadata service. Default `http://metadata.tencentyun.com`. */
  endpoint?: string;
}

const PATH = '/latest/meta-data/cam/security-credentials/';

/** Each of the two requests may take this long, in milliseconds. */
const TIMEOUT_MS = 3_000;

/** Temporary credentials of the role that is bound to this virtual machine, from its metadata service. */
export function cvmRoleSource(options: CvmRoleOptions = {}): CredentialSource {
  const { roleName, endpoint: origin = 'http://metadata.tencentyun.com' } = options;
  return (context) =>
    withConnections(context, openDirect, async (send) => {
      try {
        const read = async (path: string) => await send({ origin, path, timeoutMs: TIMEOUT_MS });
        const role = roleName ?? readRoleName(await read(PATH));
        if (role === undefined) return undefined;
        return readCredentials(await read(PATH + encodeURIComponent(role)), role);
      } catch (error) {
        // No answer at this address: this is no virtual machine of Tencent Cloud.
        if (error instanceof ExchangeFailure && !error.sent) return undefined;
        throw error;
      }
    });
}

function readRoleName({ status, body }: { status: number; body: Buffer }): string | undefined {
  const name = body.toString('utf8').trim();
  return status === 200 && /^[\w+=,.@-]{1,128}$/.test(name) ? name : undefined;
}

function readCredentials({ status, body }: { status: number; body: Buffer }, role: string): Credentials {
  const fields = status === 200 ? parseObject(body) : {};
  const { TmpSecretId, TmpSecretKey, Token, ExpiredTime, Code } = fields;
  if (Code !== 'Success' || typeof ExpiredTime !== 'number') {
    throw new CredentialsError({
      code: 'CredentialsUnavailable',
      outcome: 'not-executed',
      message: `The metadata service answered with status ${status} and no credentials for the role of this machine.`,
    });
  }
  return {
    secretId: String(TmpSecretId),
    secretKey: String(TmpSecretKey),
    token: String(Token),
    expiresAtMs: ExpiredTime * 1000,
    account: `cvm-role:${role}`,
  };
}

function parseObject(body: Buffer): Record<string, unknown> {
  try {
    return (JSON.parse(body.toString('utf8')) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
