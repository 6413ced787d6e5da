import { CredentialsError } from '../errors/errors.js';
import { safeText } from '../errors/redact.js';
import type { Transport } from '../transport/exchange.js';
import { createPool } from '../transport/pool.js';
import { withConnections } from './http.js';
import type { Credentials, CredentialSource } from './types.js';

export interface TkeOidcOptions {
  /** Origin of the Security Token Service. Default `https://sts.tencentcloudapi.com`. */
  endpoint?: string;
  /** Where TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE and TKE_ROLE_ARN are. Default `process.env`. */
  env?: NodeJS.ProcessEnv;
}

/** How long the credentials shall be valid, in seconds. */
const DURATION_SECONDS = 7_200;

const TIMEOUT_MS = 10_000;

/** Temporary credentials of a role for a pod in Tencent Kubernetes Engine, by the web identity token of the pod. */
export function tkeOidcSource({ endpoint, env = process.env }: TkeOidcOptions = {}): CredentialSource {
  return async (context) => {
    const { TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_ROLE_ARN } = env;
    if (!TKE_REGION || !TKE_PROVIDER_ID || !TKE_WEB_IDENTITY_TOKEN_FILE || !TKE_ROLE_ARN) return undefined;
    // The kubelet replaces the file; it is read anew each time.
    const identityToken = await readIdentityToken(TKE_WEB_IDENTITY_TOKEN_FILE);
    return withConnections(context, openPool, async (send) => {
      const origin = endpoint ?? 'https://sts.tencentcloudapi.com';
      const response = await send({
        origin,
        path: '/',
        timeoutMs: TIMEOUT_MS,
        headers: stsHeaders(TKE_REGION),
        body: JSON.stringify({
          ProviderId: TKE_PROVIDER_ID,
          WebIdentityToken: identityToken,
          RoleArn: TKE_ROLE_ARN,
          RoleSessionName: 'tccc-session',
          DurationSeconds: DURATION_SECONDS,
        }),
      });
      return readCredentials(response, TKE_ROLE_ARN);
    });
  };
}

function openPool(): Promise<Transport> {
  return createPool({ connectTimeoutMs: 5_000, keepAliveMs: 1_000, maxConnections: 1 });
}

function stsHeaders(region: string): string[] {
  return [
    ...['content-type', 'application/json'],
    ...['authorization', 'SKIP'], // The identity token stands in for a signature.
    ...['x-tc-action', 'AssumeRoleWithWebIdentity'],
    ...['x-tc-version', '2018-08-13'],
    ...['x-tc-region', region],
    ...['x-tc-timestamp', String(Math.floor(Date.now() / 1000))],
  ];
}

async function readIdentityToken(path: string): Promise<string> {
  try {
    const { readFile } = await import('node:fs/promises');
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw unavailable(`the file that TKE_WEB_IDENTITY_TOKEN_FILE names cannot be read (${code})`);
  }
}

interface StsResponse {
  Response?: {
    Error?: { Code?: unknown };
    ExpiredTime?: number;
    Credentials?: { TmpSecretId?: string; TmpSecretKey?: string; Token?: string };
  };
}

function readCredentials({ status, body }: { status: number; body: Buffer }, account: string): Credentials {
  let response: StsResponse | null = null;
  try {
    response = JSON.parse(body.toString('utf8')) as StsResponse | null;
  } catch {
    // Reported below like any other response without credentials.
  }
  const { Credentials: keys, ExpiredTime, Error: refusal } = response?.Response ?? {};
  if (!keys?.TmpSecretId || !keys.TmpSecretKey || !keys.Token || typeof ExpiredTime !== 'number') {
    const code = typeof refusal?.Code === 'string' ? ` and ${safeText(refusal.Code)}` : '';
    throw unavailable(`the token service answered with status ${status}${code}`);
  }
  return {
    secretId: keys.TmpSecretId,
    secretKey: keys.TmpSecretKey,
    token: keys.Token,
    expiresAtMs: ExpiredTime * 1000,
    account,
  };
}

function unavailable(what: string): CredentialsError {
  return new CredentialsError({
    code: 'CredentialsUnavailable',
    outcome: 'not-executed',
    message: `No credentials for the role of this pod: ${what}.`,
  });
}
