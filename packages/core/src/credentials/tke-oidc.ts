import { checkOrigin, invalidOption } from '../checks.js';
import type { OptionTable } from '../option-table.js';
import { number, readOptions } from '../option-table.js';
import { credentialsError } from './errors.js';
import { readTextFile } from './files.js';
import { STS_DURATION_SECONDS, STS_ORIGIN, STS_TIME, STS_VERSION, requestRole } from './sts.js';
import type { CredentialContext, Credentials } from './types.js';

export interface TkeOidcOptions {
  /** Origin of the Security Token Service. Default `https://sts.tencentcloudapi.com`. */
  endpoint?: string;
  /** Where TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE and TKE_ROLE_ARN are. Default `process.env`. */
  env?: NodeJS.ProcessEnv;
  /** Time of the request, in milliseconds. 1 to 30,000; default 10,000. */
  timeoutMs?: number;
}

/** Made when it is asked for, so that a bundle can leave it out. */
const optionTable = () =>
  ({
    endpoint: (name, given = STS_ORIGIN) => checkOrigin(name, given),
    env: (name, given = process.env) => {
      if (typeof given !== 'object' || given === null)
        throw invalidOption(name, 'an object of variables', given);
      return given;
    },
    timeoutMs: number(STS_TIME),
  }) satisfies OptionTable<TkeOidcOptions>;

const NAMES = ['TKE_REGION', 'TKE_PROVIDER_ID', 'TKE_WEB_IDENTITY_TOKEN_FILE', 'TKE_ROLE_ARN'] as const;

const WHAT = 'Role of the pod';

/**
 * Temporary credentials of a role for a pod in Tencent Kubernetes Engine, by the web identity token of the pod.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if one of the variables is not set, `CredentialsUnavailable`
 * if the token service fails, and `CredentialsInvalid` if it refuses, or if there is no identity token.
 *
 * @example
 * const client = new OutboundClient({ site: 'intl', credentials: tkeOidcSource() });
 * @throws ConfigurationError that names the option
 */
export function tkeOidcSource(
  options: TkeOidcOptions = {},
): (context: CredentialContext) => Promise<Credentials> {
  const {
    endpoint: origin,
    env,
    timeoutMs,
  } = readOptions(optionTable(), options, 'options of tkeOidcSource');
  return async (context) => {
    const [region, providerId, tokenFile, roleArn] = readVariables(env);
    // The kubelet replaces the file; it is read anew each time.
    const identityToken = await readIdentityToken(tokenFile);
    return requestRole(context, {
      origin,
      headers: [
        // The identity token stands in for a signature.
        ...['content-type', 'application/json', 'authorization', 'SKIP'],
        ...['x-tc-action', 'AssumeRoleWithWebIdentity', 'x-tc-version', STS_VERSION, 'x-tc-region', region],
        ...['x-tc-timestamp', String(Math.floor(context.clock.now() / 1_000))],
      ],
      body: JSON.stringify({
        ProviderId: providerId,
        WebIdentityToken: identityToken,
        RoleArn: roleArn,
        RoleSessionName: 'tccc-session',
        DurationSeconds: STS_DURATION_SECONDS,
      }),
      timeoutMs,
      what: WHAT,
      account: roleArn,
      secrets: [identityToken],
    });
  };
}

function readVariables(env: NodeJS.ProcessEnv): [string, string, string, string] {
  const missing = NAMES.filter((name) => (env[name] ?? '').trim() === '');
  if (missing.length === 0) return NAMES.map((name) => env[name]!.trim()) as [string, string, string, string];
  throw credentialsError('CredentialsNotFound', `${WHAT}: ${missing.join(', ')} not set.`);
}

async function readIdentityToken(path: string): Promise<string> {
  const content = await readTextFile(path, 'The file that TKE_WEB_IDENTITY_TOKEN_FILE names,');
  const token = content.kind === 'text' ? content.text.trim() : '';
  if (token !== '') return token;
  const why = content.kind === 'text' ? `${path} is empty` : content.why;
  const message = `${WHAT}: TKE_WEB_IDENTITY_TOKEN_FILE names no identity token; ${why}.`;
  throw credentialsError('CredentialsInvalid', message);
}
