import { LAST_ROW } from '../input/input.js';
import { RANGES } from '../run/options.js';
import type { OptionSpec } from './option.js';
import { choice, flag, percent, text, whole } from './option.js';

/** Every option of every command, once. Help, completion and the reading of the command line are made from it. */
export const OPTIONS = {
  ledger: text('<path>', 'the ledger of the run'),
  trustFileSystem: flag(
    'the ledger may be where other machines could reach it: you make sure that only one process works on it',
  ),
  template: text('<path>', 'JSON: the action, its parameters, and which column holds what'),
  chunkSize: whole('<number>', 'numbers in a request (default: 1000)', RANGES.chunkSize),
  chunkBytes: whole('<number>', 'bytes of a request (default: the limit of the action)', RANGES.chunkBytes),
  doNotCall: text('<path>', 'numbers that must not be called, one on each line or row'),
  name: text('<text>', 'makes it another run than an earlier one of the same list'),
  format: choice('<format>', ['csv', 'ndjson', 'xlsx'], 'format of the list (default: by the file)'),
  delimiter: text('<text>', 'between the columns of CSV (default: by the first line, of , ; tab and |)'),
  encoding: text('<name>', 'for instance gb18030 (default: by a byte order mark, else utf-8)'),
  sheet: text('<name>', 'of a workbook (.xlsx); needed if several are not empty'),
  headerRow: whole(
    '<number>',
    'row of a workbook that names the columns (default: the first one that has them all)',
    { min: 1, max: LAST_ROW },
  ),
  hiddenRows: choice('<what>', ['read', 'leave-out'], 'rows of a workbook that are hidden (default: read)'),
  allowPrivateUse: flag('sends private-use characters, although there is no telling how they are read out'),
  dryRun: flag('says what would be sent and left out, and sends nothing; needs no --ledger'),
  leftOut: text('<path>', 'CSV file for every line that is left out, with the reason'),
  plan: text('<digest>', 'sends only what was planned under this digest, as plan printed it'),
  yes: flag('does not ask before it sends; without a terminal, nothing is sent without it'),
  askAbove: percent(
    '<share>',
    'says so in the question if more lines than this are left out (default: 5%); with --yes, refuses',
  ),
  site: choice('<site>', ['intl', 'cn'], 'the site that your account belongs to; or give --endpoint'),
  endpoint: text(
    '<url>',
    'another place, such as the mock. For one on this machine without credentials in the environment, those of the mock are used',
  ),
  concurrency: whole('<number>', 'requests in flight (default: 8)', RANGES.concurrency),
  settleWithin: whole('<seconds>', 'how long a chunk of unknown outcome is looked for (default: 60)', {
    max: RANGES.settleWithinMs.max / 1_000,
    factor: 1_000,
  }),
  noSettle: flag('does not look for chunks of unknown outcome'),
  plain: flag('lines instead of a progress bar'),
  reportFormat: {
    ...choice('<format>', ['csv', 'json'], 'format of the report (default: csv)'),
    name: 'format',
  },
  html: flag('a page with charts instead of lines: one file, which needs no network'),
  output: text('<path>', 'file for what is written (default: standard output)'),
  showNumbers: flag('whole numbers (default: the last four digits)'),
  resultsFormat: {
    ...choice('<format>', ['csv', 'ndjson'], 'format of the results (default: csv)'),
    name: 'format',
  },
  page: text('<path>', 'also writes one HTML page with charts'),
  retryList: text(
    '<path>',
    'also writes the lines that may be called again, with whole numbers; needs --retry-for',
  ),
  retryFor: text(
    '<reasons>',
    'groups, ends or states whose lines --retry-list has, such as no-answer,busy,204,never-dialled. Numbers that asked not to be called, and those that do not exist, are on it only if their reason is named',
  ),
  follow: flag('goes on until nothing can change any more; needs --output'),
  every: whole('<seconds>', 'pause between two passes (default: 60)', { min: 1, factor: 1_000 }),
  templateOut: text('<path>', 'writes a template to start from; the file must not be there yet'),
  accepted: text('<task id>', 'the task exists, with this id'),
  sendAgain: flag('nobody was called: sends it again'),
  database: text('<url>', 'PostgreSQL (default: DATABASE_URL of the environment)'),
  records: {
    ...text('<url>', 'PostgreSQL in which pushed records were stored: only others are asked for'),
    name: 'database',
  },
  schema: text('<name>', 'schema of the tables (default: tccc_bulk)'),
  redis: text('<url>', 'Redis or Valkey, which shares the limit (default: REDIS_URL of the environment)'),
  limit: whole('<number>', 'instead of --redis: the share of this process, in requests a second'),
  goOn: flag('lets a run go on after something stopped it'),
} satisfies Record<string, OptionSpec<unknown>>;

export type OptionKey = keyof typeof OPTIONS;

/** What a command line gives: nothing under the names of options that are not there. */
export type Values = {
  readonly [Key in OptionKey]?: ReturnType<(typeof OPTIONS)[Key]['read']>;
};

const LIST: readonly OptionKey[] = ['format', 'delimiter', 'encoding', 'sheet', 'headerRow', 'hiddenRows'];
const SERVICE: readonly OptionKey[] = ['site', 'endpoint'];
const SENDING: readonly OptionKey[] = [...SERVICE, 'concurrency', 'settleWithin', 'noSettle', 'plain'];
const LEDGER: readonly OptionKey[] = ['ledger', 'trustFileSystem'];
const PLANNING: readonly OptionKey[] = [
  ...(['template', ...LIST, 'doNotCall', 'name', 'chunkSize', 'chunkBytes', 'allowPrivateUse'] as const),
  ...(['leftOut', 'showNumbers'] as const),
];
const ASKING: readonly OptionKey[] = ['yes', 'askAbove'];
const REPORT: readonly OptionKey[] = ['reportFormat', 'output', 'showNumbers'];
const RESULTS: readonly OptionKey[] = [
  ...([
    'resultsFormat',
    'output',
    'page',
    'retryList',
    'retryFor',
    'follow',
    'every',
    'showNumbers',
  ] as const),
];
const RESOLVING: readonly OptionKey[] = ['accepted', 'sendAgain'];
const FLEET: readonly OptionKey[] = ['database', 'schema'];

/** What a command is called with. */
export interface CommandSpec {
  /** Its name, also of one in a group: `fleet plan`. */
  readonly name: string;
  readonly argument?: string;
  readonly description: string;
  readonly options: readonly OptionKey[];
  /** Options without which it cannot begin. */
  readonly required?: readonly OptionKey[];
}

const CHUNKS = '<chunk...>';

/** Every command, in the order of help. */
export const COMMANDS = [
  {
    name: 'run',
    argument: '<list>',
    required: ['template'],
    description:
      'sends a list: a CSV, NDJSON or .xlsx file, or - for standard input. If the ledger exists, it goes on with it',
    options: [...LEDGER, ...PLANNING, 'dryRun', ...ASKING, ...SENDING],
  },
  {
    name: 'plan',
    argument: '<list>',
    required: ['ledger', 'template'],
    description: 'makes the ledger of a run, sends nothing, and prints a digest that names the plan',
    options: [...LEDGER, ...PLANNING, 'plain'],
  },
  {
    name: 'send',
    required: ['ledger'],
    description: 'sends what was planned; needs the ledger only',
    options: [...LEDGER, 'plan', ...ASKING, ...SENDING],
  },
  {
    name: 'inspect',
    argument: '<list>',
    description: 'shows what is in a list, and which of its columns has the numbers; sends nothing',
    options: [...LIST, 'showNumbers', 'templateOut'],
  },
  {
    name: 'resume',
    required: ['ledger'],
    description: 'goes on with a run; needs the ledger only',
    options: [...LEDGER, 'doNotCall', ...ASKING, ...SENDING],
  },
  {
    name: 'status',
    required: ['ledger'],
    description: 'says how far a run has come, and what needs a person',
    options: LEDGER,
  },
  {
    name: 'settle',
    required: ['ledger'],
    description: 'looks for chunks of unknown outcome in the list of the service',
    options: [...LEDGER, ...SENDING],
  },
  {
    name: 'resolve',
    argument: CHUNKS,
    required: ['ledger'],
    description: 'takes your word for chunks: --accepted <task id>, or --send-again',
    options: [...LEDGER, ...RESOLVING],
  },
  {
    name: 'opt-out',
    required: ['ledger', 'doNotCall'],
    description: 'takes numbers off a run, even while it goes on',
    options: [...LEDGER, 'doNotCall'],
  },
  {
    name: 'report',
    required: ['ledger'],
    description: 'every line of the list, with what became of it',
    options: [...LEDGER, 'html', ...REPORT],
  },
  {
    name: 'results',
    required: ['ledger'],
    description: 'every line of the list, with what became of the calls to it',
    options: [...LEDGER, ...SERVICE, ...RESULTS, 'records', 'schema'],
  },
  {
    name: 'fleet plan',
    argument: '<list>',
    required: ['template'],
    description: 'makes a run of a list, and prints its id; if the run exists, it goes on',
    options: [...FLEET, ...PLANNING, 'dryRun', 'plain'],
  },
  {
    name: 'fleet join',
    argument: '<run>',
    description: 'helps to send a run until nothing is left to do; any number of processes may',
    options: [...FLEET, 'redis', 'limit', 'goOn', 'doNotCall', ...SENDING],
  },
  {
    name: 'fleet status',
    argument: '<run>',
    description: 'says how far a run has come, and what needs a person',
    options: FLEET,
  },
  {
    name: 'fleet settle',
    argument: '<run>',
    description: 'looks for chunks of unknown outcome in the list of the service',
    options: [...FLEET, ...SENDING],
  },
  {
    name: 'fleet resolve',
    argument: `<run> ${CHUNKS}`,
    description: 'takes your word for chunks: --accepted <task id>, or --send-again',
    options: [...FLEET, ...RESOLVING],
  },
  {
    name: 'fleet opt-out',
    argument: '<run>',
    required: ['doNotCall'],
    description: 'takes numbers off a run, even while it goes on',
    options: [...FLEET, 'doNotCall'],
  },
  {
    name: 'fleet report',
    argument: '<run>',
    description: 'every line of the list, with what became of it',
    options: [...FLEET, ...REPORT],
  },
  {
    name: 'fleet results',
    argument: '<run>',
    description:
      'every line of the list, with what became of the calls to it; asks only for what no push has brought',
    options: [...FLEET, ...SERVICE, ...RESULTS],
  },
] as const satisfies readonly CommandSpec[];

export type CommandName = (typeof COMMANDS)[number]['name'];

/** What the command line asks for. */
export interface Command {
  readonly values: Values;
  readonly positionals: readonly string[];
}

/** Does what a command says, and returns the exit code. */
export type Action = (command: Command) => Promise<number>;
