import type { CredentialsError } from '../../errors/errors.js';
import { credentialsError } from '../errors.js';
import { toCredentialsError } from '../to-error.js';
import type { CredentialContext, CredentialProvider, Credentials } from '../types.js';

/** Asks one source after another, as `chain` says. */
export function askInTurn(
  sources: readonly CredentialProvider[],
): (context: CredentialContext) => Promise<Credentials> {
  let used: CredentialProvider | undefined;
  return async (context) => {
    const said: CredentialsError[] = [];
    for (const source of sources) {
      const answer = await ask(source, context);
      if (!(answer instanceof Error)) {
        used = source;
        return answer;
      }
      const isPassedOver =
        answer.code === 'CredentialsNotFound' ||
        (answer.code === 'CredentialsUnavailable' && source !== used);
      if (!isPassedOver) throw answer;
      said.push(answer);
    }
    throw nothingFound(said);
  };
}

async function ask(
  source: CredentialProvider,
  context: CredentialContext,
): Promise<Credentials | CredentialsError> {
  context.signal.throwIfAborted();
  try {
    return (await source(context)) ?? credentialsError('CredentialsNotFound', 'A source has none.');
  } catch (error) {
    context.signal.throwIfAborted();
    return toCredentialsError(error);
  }
}

const HELP =
  'Give the option "credentials", or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or write ' +
  '~/.tencentcloud/credentials, or bind a role to the machine or pod.';

function nothingFound(said: readonly CredentialsError[]): CredentialsError {
  const failed = said.filter(({ code }) => code === 'CredentialsUnavailable');
  const words = ['No credentials found.', ...said.map(({ message }) => message), HELP].join(' ');
  if (failed.length === 0) return credentialsError('CredentialsNotFound', words);
  const passing = failed.find(({ retry }) => retry === 'after-backoff');
  const { retry, cause } = passing ?? failed[0]!;
  return credentialsError('CredentialsUnavailable', words, { retry, cause });
}
