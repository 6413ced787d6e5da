import { checkCredentials } from '../check.js';
import { credentialsError } from '../errors.js';
import type { Credentials } from '../types.js';

/** The names of one set of variables. */
interface Spelling {
  readonly id: string;
  readonly key: string;
  /** The first that is set counts. */
  readonly tokens: readonly string[];
}

/**
 * The first set that is there counts. The second is what the platform puts into the environment of a serverless cloud
 * function (SCF): the role of the function.
 */
const SPELLINGS: readonly [Spelling, Spelling] = [
  {
    id: 'TENCENTCLOUD_SECRET_ID',
    key: 'TENCENTCLOUD_SECRET_KEY',
    tokens: ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_TOKEN', 'TENCENTCLOUD_SECURITY_TOKEN'],
  },
  {
    id: 'TENCENTCLOUD_SECRETID',
    key: 'TENCENTCLOUD_SECRETKEY',
    tokens: ['TENCENTCLOUD_SESSIONTOKEN'],
  },
];

/** Reads the variables each time. */
export function readEnvironment(env: NodeJS.ProcessEnv): () => Promise<Credentials> {
  return async () => credentialsIn(env);
}

function credentialsIn(env: NodeJS.ProcessEnv): Credentials {
  const isSet = (name: string) => readVariable(env, name) !== undefined;
  const spelling = SPELLINGS.find(({ id, key }) => isSet(id) || isSet(key));
  const [first, second] = SPELLINGS;
  if (spelling === undefined) {
    const token = [...first.tokens, ...second.tokens].find(isSet);
    if (token !== undefined) throw incomplete([token], token === second.tokens[0] ? second : first, isSet);
    const message = `Environment: ${first.id} and ${first.key} are not set, nor are ${second.id} and ${second.key}.`;
    throw credentialsError('CredentialsNotFound', message);
  }
  const { id, key } = spelling;
  if (!isSet(id) || !isSet(key)) throw incomplete([id, key].filter(isSet), spelling, isSet);
  const tokenName = tokenNamesOf(spelling, isSet).find(isSet) ?? spelling.tokens[0]!;
  return checkCredentials(
    {
      secretId: readVariable(env, id),
      secretKey: readVariable(env, key),
      token: readVariable(env, tokenName),
    },
    { secretId: `the variable ${id}`, secretKey: `the variable ${key}`, token: `the variable ${tokenName}` },
  );
}

/** A token of the other spelling belongs to the other pair, unless there is no other pair. */
function tokenNamesOf(spelling: Spelling, isSet: (name: string) => boolean): readonly string[] {
  const other = SPELLINGS.find((one) => one !== spelling)!;
  return isSet(other.id) || isSet(other.key) ? spelling.tokens : [...spelling.tokens, ...other.tokens];
}

function incomplete(
  given: readonly string[],
  { id, key }: Spelling,
  isSet: (name: string) => boolean,
): Error {
  const missing = [id, key].filter((name) => !isSet(name));
  const others = SPELLINGS.flatMap((one) => [one.id, one.key]).filter(
    (name) => name !== id && name !== key && isSet(name),
  );
  const elsewhere = others.length === 0 ? '' : ` ${others.join(' and ')} belongs to another set.`;
  return credentialsError(
    'CredentialsInvalid',
    `The environment has ${given.join(' and ')} but not ${missing.join(' and ')}.${elsewhere} Set all of them or none.`,
  );
}

/** A variable that is set to nothing is how shells and container files unset one. */
export function readVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
