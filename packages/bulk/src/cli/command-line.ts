import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadCompletionScript } from '@tccc/outbound/internal';
import { Command as Parser, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { OptionSpec } from './option.js';
import { optionName } from './option.js';
import type { Action, CommandName, CommandSpec, OptionKey, Values } from './options.js';
import { COMMANDS, OPTIONS } from './options.js';
import { UsageError } from './usage-error.js';

export const PROGRAM = 'tccc-bulk';

const ABOUT = 'Sends very long lists of numbers. Nobody is called twice, even if it dies on the way.';

const ABOUT_FLEET =
  'one list that many machines send; they share a PostgreSQL database, and a Redis for the limit of the service';

const EXIT_CODES = `
Completion: your shell must source what ${PROGRAM} completion bash (or zsh, or fish) prints.

Exit codes:
  0    everything was sent, or what you asked for is done
  1    failed: the list, the ledger or something else cannot be used
  2    the command line or the template is wrong
  3    everything was sent, but chunks are unknown or refused
  4    stopped before everything was sent, and resume goes on; there is nothing to send; or results can still change
  130  stopped by Ctrl-C, SIGTERM or a closed terminal`;

/** Reads a command line, and does what it says. @returns the exit code @throws UsageError, or what the command throws */
export async function runCommandLine(
  args: readonly string[],
  actions: Readonly<Record<CommandName, Action>>,
  version: string,
): Promise<number> {
  const [command, shell] = args;
  const isScript = command === 'completion' && args.length === 2;
  const script = isScript ? await loadCompletionScript(shell, PROGRAM) : undefined;
  if (script !== undefined) {
    console.log(script);
    return 0;
  }
  let code = 0;
  const program = parserFor(actions, version, (ended) => (code = ended));
  if (args[0] === 'completion' || args[0] === 'complete') await addCompletion(program, args);
  try {
    await program.parseAsync(askedByOption(program, args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (['commander.helpDisplayed', 'commander.version'].includes(error.code)) return 0;
    throw toUsageError(error, args);
  }
  return code;
}

/**
 * `help send` and `fleet help join` are `send --help` and `fleet join --help`, since the parser says nothing of a name that
 * it does not know.
 */
function askedByOption(program: Parser, args: readonly string[]): readonly string[] {
  const at = args[0] === 'fleet' ? 1 : 0;
  if (args[at] !== 'help') return args;
  const path: string[] = [];
  let command = program;
  for (const word of [...args.slice(0, at), ...args.slice(at + 1)]) {
    if (command.commands.length === 0) break;
    path.push(word);
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) return path;
    command = next;
  }
  return [...path, '--help'];
}

function parserFor(
  actions: Readonly<Record<CommandName, Action>>,
  version: string,
  onEnd: (code: number) => void,
): Parser {
  const program = new Parser(PROGRAM)
    .description(ABOUT)
    .version(version, '--version', 'the version of this package')
    .helpOption('-h, --help', 'this text, or that of a command')
    .helpCommand('help [command]', 'explains a command')
    // The choices are in the descriptions.
    .configureHelp({ optionDescription: ({ description }) => description })
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .exitOverride()
    .addHelpText('after', EXIT_CODES);
  const fleet = new Parser('fleet').description(ABOUT_FLEET).copyInheritedSettings(program);
  for (const spec of COMMANDS as readonly CommandSpec[]) {
    const act = actions[spec.name as CommandName];
    const [first, second] = spec.name.split(' ');
    const command = (second === undefined ? program : fleet).command(second ?? first!);
    command.description(spec.description);
    if (spec.argument !== undefined) command.arguments(spec.argument);
    for (const key of spec.options) command.addOption(optionOf(key, spec));
    command.action(async () => {
      const values = valuesOf(command, spec);
      try {
        onEnd(await act({ values, positionals: command.args }));
      } catch (error) {
        // Its help says more than that of the program.
        throw error instanceof UsageError ? new UsageError(error.message, spec.name) : error;
      }
    });
  }
  program.addCommand(fleet);
  return program;
}

function optionOf(key: OptionKey, { required = [] }: CommandSpec): Option {
  const { argument, description, choices, read, name = optionName(key) }: OptionSpec<unknown> = OPTIONS[key];
  const note = choices === undefined ? '' : ` (${choices.join(' or ')})`;
  const isRequired = required.includes(key) ? '; required' : '';
  const option = new Option(
    `--${name}${argument === undefined ? '' : ` ${argument}`}`,
    description + note + isRequired,
  );
  if (choices !== undefined) option.argChoices = [...choices];
  if (argument !== undefined)
    option.argParser((given: string, before: unknown) => {
      try {
        // Of two do-not-call lists, one would be read; and --name --dry-run would be a run that is called --dry-run.
        if (before !== undefined) throw new UsageError('is given twice: give it once');
        if (isKnown(given.split('=')[0]!)) throw new UsageError('needs a value');
        return read(given);
      } catch (error) {
        throw new InvalidArgumentError((error as Error).message);
      }
    });
  return option;
}

/** @throws UsageError if an option is missing that the command needs */
function valuesOf(command: Parser, { name, options, required = [] }: CommandSpec): Values {
  const values: Partial<Record<OptionKey, unknown>> = {};
  for (const key of options) {
    const flag = OPTIONS[key] as OptionSpec<unknown>;
    const value: unknown = command.getOptionValue(
      flag.name ?? key.replace(/^no([A-Z])/, (_all, letter: string) => letter.toLowerCase()),
    );
    if (value !== undefined)
      values[key] = key.startsWith('no') && typeof value === 'boolean' ? !value : value;
  }
  const missing = required.find((key) => values[key] === undefined);
  if (missing !== undefined) throw new UsageError(`--${optionName(missing)} is required.`, name);
  return values as Values;
}

/** What is wrong, in one line. */
function toUsageError({ code, message }: CommanderError, args: readonly string[]): UsageError {
  const name = COMMANDS.map((spec) => spec.name).find((known) =>
    known.split(' ').every((word, at) => args[at] === word),
  );
  const say = (text: string) => new UsageError(text, name);
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  const [, meant] = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(message) ?? [];
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  switch (code) {
    case 'commander.help':
      return say('Say what to do.');
    case 'commander.unknownCommand':
      return say(`There is no command ${shown(quoted)}.${hint}`);
    case 'commander.unknownOption':
      if (takesNoValue(quoted, name)) return say(`${quoted.split('=')[0]} takes no value.`);
      return say(
        isKnown(quoted) && name !== undefined
          ? `${quoted} is not an option of ${name}.`
          : `There is no option ${shown(quoted)}.${hint}`,
      );
    case 'commander.missingArgument':
      return say(MISSING[quoted] ?? `${quoted} is missing.`);
    case 'commander.excessArguments':
      return say('Too many arguments.');
    case 'commander.optionMissingArgument':
      return say(`${quoted.split(' ')[0]} needs a value.`);
    case 'commander.invalidArgument': {
      if (args[0] === 'completion') return say('There is completion for bash, zsh, fish and powershell.');
      const [, option = '', why = ''] =
        /option '(\S+)[^']*' argument .* is invalid\. (.*)$/s.exec(message) ?? [];
      return say(`${option} ${why}.`);
    }
    default:
      return say('The command line cannot be read.');
  }
}

/** What was typed, if it looks like a word: anything else may be a phone number or a secret. */
function shown(typed: string): string {
  const [word] = typed.split('=');
  return /^[a-z-]{1,40}$/i.test(word!) ? `"${word}"` : 'of this name';
}

const MISSING: Readonly<Record<string, string>> = {
  list: 'Name the list, or - for standard input.',
  run: 'Name the run; fleet plan prints its id.',
  chunk: 'Name the chunks by their numbers; status has them.',
  shell: 'Name the shell: bash, zsh, fish or powershell.',
};

function isKnown(option: string, keys = Object.keys(OPTIONS) as readonly OptionKey[]): boolean {
  return keys.some((key) => {
    const { name = optionName(key) }: OptionSpec<unknown> = OPTIONS[key];
    return `--${name}` === option;
  });
}

/** Whether it is an option of the command, which was not taken only because of its value. */
function takesNoValue(typed: string, command: string | undefined): boolean {
  const [option, value] = typed.split('=');
  const spec = COMMANDS.find(({ name }) => name === command);
  return value !== undefined && (option === '--help' || isKnown(option!, spec?.options ?? []));
}

/** Completion for the shells; it is loaded only when a shell asks. */
async function addCompletion(program: Parser, args: readonly string[]): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  const completion = tab(program, { completionCommandName: 'completion' });
  const offerFiles = (offer: (value: string, description: string) => void) => {
    for (const path of filesLike(args.at(-1) ?? '')) offer(path, '');
  };
  for (const { name, argument, options } of COMMANDS as readonly CommandSpec[]) {
    const command = completion.commands.get(name);
    for (const key of options) {
      const { argument: value, name: option = optionName(key) }: OptionSpec<unknown> = OPTIONS[key];
      const known = command?.options.get(option);
      if (value === '<path>' && known !== undefined) known.handler = offerFiles;
    }
    const list = argument === '<list>' ? command?.arguments.get('list') : undefined;
    if (list !== undefined) list.handler = offerFiles;
  }
}

/** The files that a path may become. */
function filesLike(beginning: string): string[] {
  const folder = beginning.endsWith('/') ? beginning : dirname(beginning);
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = beginning.includes('/') ? join(folder, entry.name) : entry.name;
      return entry.isDirectory() ? `${path}/` : path;
    });
  } catch {
    return [];
  }
}
