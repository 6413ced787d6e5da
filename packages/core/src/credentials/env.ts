import { CredentialsError } from '../errors/errors.js';
import type { Credentials, CredentialSource } from './types.js';

/**
 * Credentials from the environment: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and, for temporary ones,
 * `TENCENTCLOUD_SESSION_TOKEN` or `TENCENTCLOUD_TOKEN`.
 */
export function environmentSource(env: NodeJS.ProcessEnv = process.env): CredentialSource {
  return async () => readEnvironment(env);
}

function readEnvironment(env: NodeJS.ProcessEnv): Credentials | undefined {
  const secretId = env.TENCENTCLOUD_SECRET_ID;
  const secretKey = env.TENCENTCLOUD_SECRET_KEY;
  if (secretId === undefined && secretKey === undefined) return undefined;
  if (secretId === undefined || secretKey === undefined) {
    const [given, missing] = secretId === undefined ? ['KEY', 'ID'] : ['ID', 'KEY'];
    throw new CredentialsError({
      code: 'CredentialsInvalid',
      outcome: 'not-executed',
      message: `The environment has TENCENTCLOUD_SECRET_${given} but not TENCENTCLOUD_SECRET_${missing}. Set both or neither.`,
    });
  }
  const token = env.TENCENTCLOUD_SESSION_TOKEN ?? env.TENCENTCLOUD_TOKEN;
  // A variable that is set to nothing is how shells and container files unset one.
  return token === undefined || token === '' ? { secretId, secretKey } : { secretId, secretKey, token };
}
