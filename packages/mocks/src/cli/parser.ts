import { loadCompletionScript } from '@tccc/outbound/internal';
import { Command as Parser, CommanderError, InvalidArgumentError, Option } from 'commander';
import { mockCredentials } from '../engine/options.js';
import { UsageError } from './usage-error.js';

export const PROGRAM = 'tccc-mock';

const ABOUT = 'Runs a mock of the outbound-call API, and says when it is ready.';

const AFTER = `
Routes outside the API, all under /__mock/: GET health, summary, journal, created, entities, pushes,
faults and respond; POST faults, respond, clock and reset; DELETE faults and respond. Ends on SIGTERM and SIGINT.

Completion: your shell must source what ${PROGRAM} completion bash (or zsh, or fish) prints.

Exit codes:
  0  it was ended, or did what you asked for
  1  it could not start
  2  the command line is wrong`;

/**
 * What each option takes, whether it may be repeated, and what help says of it. Help, completion and the reading are made
 * from it.
 */
const OPTIONS = {
  config: {
    argument: '<path>',
    description:
      "JSON file with any of the options below, as this package's config.schema.json describes it; the command line takes precedence",
  },
  port: { argument: '<number>', description: 'port to listen on (default: 0, any free one)' },
  host: {
    argument: '<address>',
    description: `address to listen at (default: 127.0.0.1). Beyond loopback, others can reach the mock`,
  },
  'allow-host': {
    argument: '<name>',
    repeats: true,
    description: 'another host name for its page and routes, such as in a cluster; may be repeated',
  },
  tls: { description: 'speaks HTTPS, with a certificate that it makes at each start' },
  'ca-file': {
    argument: '<path>',
    description: 'file for the certificate that clients must trust (default: a temporary one)',
  },
  'secret-id': { argument: '<text>', isOfKeyPair: true, description: 'a secret id that it knows, with' },
  'secret-key': {
    argument: '<text>',
    isOfKeyPair: true,
    description: 'its secret key and, if the credentials are temporary,',
  },
  token: {
    argument: '<text>',
    isOfKeyPair: true,
    description: `its token. Repeat these for several (default: ${mockCredentials.secretId} and ${mockCredentials.secretKey})`,
  },
  signatures: {
    argument: '<mode>',
    choices: ['strict', 'presence', 'off'],
    description: 'how signatures are checked (default: strict)',
  },
  'rate-limit': {
    argument: '<number>',
    description: 'requests per window and action, or off (default: the documented limit of each action)',
  },
  'newer-parameters': {
    argument: '<mode>',
    choices: ['accept', 'refuse'],
    description: 'parameters that were documented later (default: accept)',
  },
  unchecked: {
    argument: '<parameter>',
    repeats: true,
    description: 'takes this parameter unchecked, such as ExpectedAbandonRate; may be repeated',
  },
  'list-delay-ms': {
    argument: '<number>',
    description: 'how long creations are missing from lists, in milliseconds (default: 0)',
  },
  'item-ms': {
    argument: '<number>',
    description: 'how long a running task takes for each number, in milliseconds (default: 30000)',
  },
  calls: {
    argument: '<json>',
    description: `how calls go: shares of their ends, atOnce, sessionDelayMs and recordDelayMs, such as '{"shares":{"ok":1,"busy":1},"atOnce":10}'`,
  },
  push: {
    argument: '<json>',
    description: `pushes records of calls to your receiver: url, username, password, delayMs, repeatMs, faults, such as '{"url":"http://127.0.0.1:8080/tccc","faults":{"loss":0.1}}'`,
  },
  seed: {
    argument: '<number>',
    description: 'makes the ids of what is created, and random faults, the same in each run',
  },
  'max-entries': {
    argument: '<number>',
    description: 'requests that the journal keeps, and tasks that the mock knows (default: 100000 of each)',
  },
  'max-bytes': {
    argument: '<number>',
    description: 'memory that each of them takes, in bytes (default: 67108864)',
  },
  json: { description: 'prints one line of JSON when ready, as it does without a terminal' },
} as const satisfies Record<string, OptionSpec>;

interface OptionSpec {
  readonly argument?: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly repeats?: true;
  /** Whether it is one of those whose order tells which belong together. */
  readonly isOfKeyPair?: true;
}

type Options = typeof OPTIONS;
type KeyPairOption = {
  [Name in keyof Options]: Options[Name] extends { isOfKeyPair: true } ? Name : never;
}[keyof Options];

/** What a command line gives. */
export interface Given {
  readonly values: {
    readonly [Name in keyof Options]?: Options[Name] extends { repeats: true }
      ? readonly string[]
      : Options[Name] extends { argument: string }
        ? string
        : boolean;
  };
  /** The options of key pairs, in their order. */
  readonly keyPairs: readonly (readonly [option: KeyPairOption, text: string])[];
}

/** @throws UsageError */
export function parse(args: readonly string[]): Given {
  let given: Given | undefined;
  const parser = parserFor('', (values) => (given = values));
  try {
    parser.parse(args, { from: 'user' });
  } catch (error) {
    throw toUsageError(error);
  }
  return given!;
}

/** Reads a command line, and does what it says. @throws UsageError, or what the action throws */
export async function runCommandLine(
  args: readonly string[],
  serve: (given: Given) => Promise<void>,
  version: string,
): Promise<void> {
  const [command, shell] = args;
  const isScript = command === 'completion' && args.length === 2;
  const script = isScript ? await loadCompletionScript(shell, PROGRAM) : undefined;
  if (script !== undefined) {
    process.stdout.write(`${script}\n`);
    return;
  }
  let given: Given | undefined;
  const parser = parserFor(version, (values) => (given = values));
  if (args[0] === 'completion' || args[0] === 'complete') {
    const { default: tab } = await import('@bomb.sh/tab/commander');
    tab(parser, { completionCommandName: 'completion' });
  }
  try {
    // The parser says nothing of what comes after help.
    await parser.parseAsync(args[0] === 'help' ? [...args.slice(1), '--help'] : args, { from: 'user' });
  } catch (error) {
    const code = error instanceof CommanderError ? error.code : '';
    if (['commander.helpDisplayed', 'commander.version'].includes(code)) return;
    throw toUsageError(error);
  }
  if (given !== undefined) await serve(given);
}

function parserFor(version: string, onGiven: (given: Given) => void): Parser {
  const keyPairs: [KeyPairOption, string][] = [];
  const parser = new Parser(PROGRAM)
    .description(ABOUT)
    .version(version, '--version', 'the version of this package')
    .helpOption('-h, --help', 'this text')
    .helpCommand('help', 'this text')
    // The choices are in the descriptions.
    .configureHelp({ optionDescription: ({ description }) => description })
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .exitOverride()
    .addHelpText('after', AFTER);
  for (const [name, spec] of Object.entries<OptionSpec>(OPTIONS)) {
    const { argument, description, choices = [], repeats, isOfKeyPair } = spec;
    const note = choices.length === 0 ? '' : `: ${choices.join(', ')}`;
    const option = new Option(`--${name}${argument === undefined ? '' : ` ${argument}`}`, description + note);
    if (choices.length > 0) option.argChoices = [...choices];
    if (repeats) option.argParser((text: string, all: readonly string[] = []) => [...all, text]);
    else if (isOfKeyPair) option.argParser((text: string) => keyPairs.push([name as KeyPairOption, text]));
    else if (argument !== undefined)
      option.argParser((text: string, before: unknown) => onlyOne(text, before));
    parser.addOption(option);
  }
  return parser.action(() => {
    const names = Object.keys(OPTIONS);
    const attribute = (name: string) =>
      name.replaceAll(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
    const values = Object.fromEntries(names.map((name) => [name, parser.getOptionValue(attribute(name))]));
    onGiven({ values: values as Given['values'], keyPairs });
  });
}

function onlyOne(text: string, before: unknown): string {
  if (before !== undefined) throw new InvalidArgumentError('is given twice: give it once');
  return text;
}

/** What is wrong, in one line. What was typed is shown only if it looks like a word: it may be a secret. */
function toUsageError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  const [, typed = ''] = /'([^'=]*)/.exec(error.message) ?? [];
  const [, meant] = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(error.message) ?? [];
  const [option] = typed.split(' ');
  switch (error.code) {
    case 'commander.unknownOption': {
      if (typed !== '' && parserFor('', () => {}).options.some(({ long }) => long === typed))
        return new UsageError(`${typed} takes no value.`);
      const shown = /^[a-z-]{1,40}$/i.test(typed) ? `"${typed}"` : 'of this name';
      return new UsageError(
        `There is no option ${shown}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
      );
    }
    case 'commander.excessArguments':
    case 'commander.unknownCommand':
      return new UsageError('Too many arguments.');
    case 'commander.optionMissingArgument':
      return new UsageError(`${option} needs a value.`);
    case 'commander.missingArgument':
      return new UsageError('Name the shell: bash, zsh, fish or powershell.');
    case 'commander.invalidArgument': {
      const isOfOption = option?.startsWith('--') === true;
      const [, why = ''] = /is invalid\. (.*)$/s.exec(error.message) ?? [];
      return new UsageError(
        isOfOption ? `${option} ${why}.` : 'There is completion for bash, zsh, fish and powershell.',
      );
    }
    default:
      return new UsageError('The command line cannot be read.');
  }
}
