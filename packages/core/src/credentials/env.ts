import { checkCredentials } from './check.js';
import { credentialsError } from './errors.js';
import type { Credentials, CredentialSource } from './types.js';

const ID = 'TENCENTCLOUD_SECRET_ID';
const KEY = 'TENCENTCLOUD_SECRET_KEY';
const TOKENS = ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_TOKEN'] as const;

/**
 * Credentials from the environment: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and, for temporary ones,
 * `TENCENTCLOUD_SESSION_TOKEN` or `TENCENTCLOUD_TOKEN`. The variables are read at each fetch.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if neither half is set, `CredentialsInvalid` if one is
 * missing or unusable.
 */
export function environmentSource(env: NodeJS.ProcessEnv = process.env): CredentialSource {
  return async () => readEnvironment(env);
}

function readEnvironment(env: NodeJS.ProcessEnv): Credentials {
  const secretId = readVariable(env, ID);
  const secretKey = readVariable(env, KEY);
  if (secretId === undefined && secretKey === undefined) {
    throw credentialsError('CredentialsNotFound', `Environment: ${ID} and ${KEY} are not set.`);
  }
  if (secretId === undefined || secretKey === undefined) {
    const [given, missing] = secretId === undefined ? [KEY, ID] : [ID, KEY];
    throw credentialsError(
      'CredentialsInvalid',
      `The environment has ${given} but not ${missing}. Set both or neither.`,
    );
  }
  const tokenName = TOKENS.find((name) => readVariable(env, name) !== undefined) ?? TOKENS[0];
  const token = readVariable(env, tokenName);
  return checkCredentials(
    { secretId, secretKey, token },
    { secretId: `the variable ${ID}`, secretKey: `the variable ${KEY}`, token: `the variable ${tokenName}` },
  );
}

/** A variable that is set to nothing is how shells and container files unset one. */
export function readVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
