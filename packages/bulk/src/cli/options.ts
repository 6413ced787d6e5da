import { parseArgs } from 'node:util';

export const USAGE = `Usage: npx -p @tccc/bulk tccc-bulk <command> [options]

Sends very long lists of numbers. Nobody is called twice, whatever dies on the way.

  run <list>       sends a list: a CSV, NDJSON or .xlsx file, or - for one on standard input. If the ledger exists, it goes on with it
  resume           goes on with a run; needs the ledger only
  status           says how far a run has come, and what needs a person
  settle           looks for chunks of unknown outcome in the list of the service
  resolve <chunk>… takes your word for chunks: --accepted <task id>, or --send-again
  opt-out          takes numbers off a run, also while it goes on: --do-not-call
  report           every line of the list, with what became of it
  fleet <command>  one list that many machines send; see tccc-bulk fleet --help

Options of all commands
  --ledger <path>         the ledger of the run; required
  --trust-file-system     the ledger may be where other machines could reach it: you see to it that only one process works on it
  -h, --help              this text
  --version               the version of this package

Options of run
  --template <path>       JSON: the action, its parameters, and which column holds what; required
  --chunk-size <number>   numbers in a request; default 1000
  --chunk-bytes <number>  bytes of a request; default: the limit of the action
  --do-not-call <path>    numbers that must not be called, one on each line or row; also of resume and opt-out, which take them off
                          what is still to be sent
  --name <text>           makes it another run than one of the same list and template
  --format <name>         csv, ndjson or xlsx; default: by the file
  --delimiter <text>      of CSV; default: by the first line, of , ; tab and |
  --encoding <name>       default: by a byte order mark, else utf-8; for instance gb18030
  --sheet <name>          of a workbook (.xlsx); needed if several have something in them
  --header-row <number>   of a workbook: the row that names the columns; default: the first one that has them all
  --hidden-rows <what>    of a workbook: read or leave-out; default read
  --allow-private-use     sends private-use characters, although there is no telling how they are read out
  --dry-run               says what would be sent and left out, and sends nothing; needs no --ledger

Options of run, resume and settle
  --site <intl|cn>        the site that your account belongs to; or
  --endpoint <url>        another place, such as the mock. For one on this machine without credentials in the environment,
                          those of the mock are used
  --concurrency <number>  requests in flight; default 8
  --settle-within <s>     how long a chunk of unknown outcome is looked for, in seconds; default 60
  --no-settle             does not look for them
  --plain                 lines in place of a progress bar

Options of report
  --format <csv|json>     default csv
  --html                  a page with pictures in place of lines: one file, which needs no network; give --output report.html
  --output <path>         default: standard output
  --show-numbers          whole numbers; default: the last four digits

Exit codes
  0  everything was sent, or what was asked for is done
  1  failed: the list, the ledger or something else cannot be used
  2  the command line or the template is wrong
  3  everything was sent, but chunks are unknown or refused
  4  stopped before everything was sent, and resume goes on; or there was nothing to send
  130  stopped by Ctrl-C, SIGTERM or a closed terminal`;

const OPTIONS = {
  ledger: { type: 'string' },
  template: { type: 'string' },
  'chunk-size': { type: 'string' },
  'chunk-bytes': { type: 'string' },
  'do-not-call': { type: 'string' },
  name: { type: 'string' },
  format: { type: 'string' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
  sheet: { type: 'string' },
  'header-row': { type: 'string' },
  'hidden-rows': { type: 'string' },
  'allow-private-use': { type: 'boolean', default: false },
  'trust-file-system': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  site: { type: 'string' },
  endpoint: { type: 'string' },
  concurrency: { type: 'string' },
  'settle-within': { type: 'string' },
  settle: { type: 'boolean', default: true },
  plain: { type: 'boolean', default: false },
  output: { type: 'string' },
  'show-numbers': { type: 'boolean', default: false },
  accepted: { type: 'string' },
  'send-again': { type: 'boolean', default: false },
  database: { type: 'string' },
  schema: { type: 'string' },
  redis: { type: 'string' },
  limit: { type: 'string' },
  html: { type: 'boolean', default: false },
  'go-on': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** Which options a command takes, beside those of all commands. */
const SENDING = ['site', 'endpoint', 'concurrency', 'settle-within', 'settle', 'plain'];
const PLANNING = [
  ...['template', 'chunk-size', 'chunk-bytes', 'do-not-call', 'name', 'format', 'delimiter', 'encoding'],
  ...['sheet', 'header-row', 'hidden-rows', 'allow-private-use', 'dry-run', 'show-numbers'],
];
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  run: [...PLANNING, ...SENDING],
  resume: ['do-not-call', ...SENDING],
  'opt-out': ['do-not-call'],
  settle: SENDING,
  status: [],
  resolve: ['accepted', 'send-again'],
  report: ['format', 'html', 'output', 'show-numbers'],
  'fleet plan': [...PLANNING, 'plain'],
  'fleet join': ['redis', 'limit', 'go-on', 'do-not-call', ...SENDING],
  'fleet opt-out': ['do-not-call'],
  'fleet settle': SENDING,
  'fleet status': [],
  'fleet resolve': ['accepted', 'send-again'],
  'fleet report': ['format', 'output', 'show-numbers'],
};
const COMMON_OF_FLEET = ['database', 'schema', 'help', 'version'];
const COMMON = ['ledger', 'trust-file-system', 'help', 'version'];

/** A command line that is wrong; the message says how. */
export class UsageError extends Error {}

export type Values = ReturnType<typeof parse>['values'];

/** What the command line asks for. */
export interface Command {
  name: string;
  values: Values;
  positionals: string[];
}

/** @throws UsageError */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals, tokens } = parse(args);
  const isFleet = positionals[0] === 'fleet';
  const words = isFleet ? 2 : 1;
  const [name, rest] = [positionals.slice(0, words).join(' '), positionals.slice(words)];
  if (values.help) return { name: isFleet ? 'fleet help' : 'help', values, positionals: [] };
  if (values.version) return { name: 'version', values, positionals: [] };
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
  if (known === undefined)
    throw new UsageError(['', 'fleet'].includes(name) ? 'Say what to do.' : `There is no command "${name}".`);
  const common = isFleet ? COMMON_OF_FLEET : COMMON;
  for (const token of tokens) {
    if (token.kind === 'option' && ![...known, ...common].includes(token.name))
      throw new UsageError(`--${token.name} is not an option of ${name}.`);
  }
  if (!isFleet && values.ledger === undefined && !values['dry-run'])
    throw new UsageError('--ledger is required.');
  return { name, values, positionals: rest };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
      allowNegative: true,
      strict: true,
      tokens: true,
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A whole number under its name; nothing if it was not given. */
export function numberOf<Key extends string>(
  key: Key,
  option: string,
  text: string | undefined,
  factor = 1,
): { [key in Key]?: number } {
  if (text === undefined) return {};
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`--${option} must be a whole number.`);
  return { [key]: Number(text) * factor } as { [key in Key]?: number };
}

export function choiceOf<Choice extends string>(
  option: string,
  text: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`--${option} must be ${choices.join(' or ')}.`);
  return found;
}
