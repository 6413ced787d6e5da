import type { CredentialsError } from '../../errors/errors.js';
import { checkCredentials } from '../check.js';
import { readVariable } from './env.js';
import { credentialsError } from '../errors.js';
import { expandHome, findHome, readTextFile } from './file-contents.js';
import type { Credentials } from '../types.js';

/** Which file and which section, as far as the user has said. */
interface Wanted {
  readonly paths: readonly string[] | undefined;
  readonly profile: string | undefined;
}

/** Where to look, and what of it the user has asked for by name. */
interface Search {
  paths: readonly string[];
  profile: string;
  /** Why there has to be something, in words; `undefined` if the user has asked for nothing. */
  askedBy: string | undefined;
}

/** Looks in each file in turn. The files are read each time. */
export function searchFiles(wanted: Wanted): () => Promise<Credentials> {
  return async () => {
    const { paths, profile, askedBy } = planSearch(wanted);
    const said: string[] = [];
    for (const path of paths) {
      const content = await readTextFile(path, 'The credentials file');
      if (content.kind === 'absent') {
        said.push(content.why);
        continue;
      }
      const found = await readProfile(content.text, path, profile);
      if (found !== undefined) return found;
      said.push(`${path} has no section [${profile}]`);
    }
    throw nothingThere(said, askedBy);
  };
}

function planSearch({ paths, profile }: Wanted): Search {
  const file = readVariable(process.env, 'TENCENTCLOUD_CREDENTIALS_FILE');
  const named = readVariable(process.env, 'TENCENTCLOUD_PROFILE');
  const asked = [
    ...(paths === undefined && file !== undefined ? ['TENCENTCLOUD_CREDENTIALS_FILE'] : []),
    ...(profile !== undefined ? ['the option profile'] : []),
    ...(profile === undefined && named !== undefined ? ['TENCENTCLOUD_PROFILE'] : []),
  ];
  return {
    paths: (paths ?? (file === undefined ? defaultPaths() : [file])).map(expandHome),
    profile: profile ?? named ?? 'default',
    askedBy: asked.length === 0 ? undefined : asked.join(' and '),
  };
}

function defaultPaths(): string[] {
  const ofUser = findHome() === undefined ? [] : ['~/.tencentcloud/credentials'];
  return [...ofUser, '/etc/tencentcloud/credentials'];
}

async function readProfile(text: string, path: string, profile: string): Promise<Credentials | undefined> {
  const { section, hasKeyOutside } = await findIniSection(text, profile);
  if (section === undefined) {
    if (!hasKeyOutside) return undefined;
    const fault = 'has keys before its first section';
    throw credentialsError(
      'CredentialsInvalid',
      `The credentials file ${path} ${fault}. Put them under [${profile}].`,
    );
  }
  const nameOf = (key: string) => `${key} in section [${profile}] of the credentials file ${path}`;
  const { secret_id: secretId, secret_key: secretKey, token } = section;
  return checkCredentials(
    { secretId, secretKey, ...(token === undefined || token === '' ? {} : { token }) },
    { secretId: nameOf('secret_id'), secretKey: nameOf('secret_key'), token: nameOf('token') },
  );
}

function nothingThere(said: readonly string[], askedBy: string | undefined): CredentialsError {
  const facts = said.join('; ');
  if (askedBy === undefined) return credentialsError('CredentialsNotFound', `Credentials file: ${facts}.`);
  const message = `${askedBy} asks for something that does not exist: ${facts}. Correct the name, or do not ask for it.`;
  return credentialsError('CredentialsInvalid', message);
}

/** One section of an INI file; a key without a value has no text. */
export type IniSection = Readonly<Record<string, unknown>>;

/** What an INI file has to say about one section. */
interface IniLookup {
  /** The section; `undefined` if there is none. */
  section: IniSection | undefined;
  /** Whether a key comes before the first section. */
  hasKeyOutside: boolean;
}

/** Finds a section by its name, which may have dots. The last value of a key counts. */
async function findIniSection(text: string, name: string): Promise<IniLookup> {
  const { parse } = await import('ini');
  const sections = parse(
    text
      .split(/[\r\n]+/)
      .map(tidy)
      .join('\n'),
  ) as Record<string, unknown>;
  const section = Object.hasOwn(sections, name) ? sections[name] : undefined;
  return {
    section: typeof section === 'object' && section !== null ? (section as IniSection) : undefined,
    hasKeyOutside: Object.values(sections).some((value) => typeof value !== 'object'),
  };
}

const HEADER = /^\[([^\]]*)\]\s*(?:[#;].*)?$/;
const PAIR = /^([^=#;][^=]*)=(.*)$/;
const QUOTED = /^(["'])(.*?)\1\s*(?:[#;].*)?$/;
const COMMENT = /(?:^|\s)[#;].*$/;

/**
 * Writes a line as the parser reads it without surprises. By itself, the parser takes a header that is indented or has a
 * comment for a key, a dot in a header for a level, and a `#` or `;` within a value for a comment.
 */
function tidy(indented: string): string {
  const line = indented.trim();
  const header = HEADER.exec(line);
  if (header !== null) return `[${JSON.stringify(header[1]!.trim().replaceAll('.', '\\.'))}]`;
  const pair = PAIR.exec(line);
  if (pair === null) return line;
  const value = pair[2]!.trim();
  const plain = QUOTED.exec(value)?.[2] ?? value.replace(COMMENT, '');
  return `${pair[1]!.trim()}=${JSON.stringify(plain)}`;
}
