/**
 * Who may import what. Arrows point one way:
 *
 *   outbound -> core, mocks -> outbound, bulk -> outbound, events -> outbound; nobody imports scripts; generated code knows only core.
 *
 * Inside core, from the client down, in the order of the list below; so there is no circle of folders, nor of files.
 */
const CORE = '^packages/core/src/';

/** Each folder of core may import those that follow it, and the files that lie beside the folders. */
const FOLDERS = [
  'observe',
  'call',
  'options',
  'response',
  'retry',
  'params',
  'credentials',
  'signing',
  'pacing',
  'transport',
  'errors',
];

/** The same for bulk. What is loaded when the command line asks for it may lead anywhere below. */
const BULK_FOLDERS = [
  'cli',
  'bullmq',
  'postgres',
  'redis',
  'fleet',
  'results',
  'report',
  'run',
  'opt-out',
  'plan',
  'ledger',
  'input',
  'numbers',
  'request',
];

/** And for the mock. */
const MOCKS_FOLDERS = [
  'cli',
  'kit',
  'push',
  'server',
  'engine',
  'diagnosis',
  'gateway',
  'faults',
  'entities',
  'journal',
  'generated',
  'common',
];

/** And for the generator: `check` looks at what was read and at the model, and knows which names the emitted files take. */
const GENERATE_FOLDERS = ['check', 'emit', 'model', 'read'];

/** Each folder of a list may import those that follow it. */
const downwards = (name, source, folders) =>
  folders.slice(1).map((folder, index) => ({
    name: `${name}/${folder} does not know ${folders.slice(0, index + 1).join(', ')}`,
    severity: 'error',
    from: { path: `${source}${folder}/` },
    to: { path: `${source}(${folders.slice(0, index + 1).join('|')})/` },
  }));

export default {
  forbidden: [
    ...downwards('core', CORE, FOLDERS),
    ...downwards('bulk', '^packages/bulk/src/', BULK_FOLDERS),
    ...downwards('mocks', '^packages/mocks/src/', MOCKS_FOLDERS),
    ...downwards('generate', '^scripts/generate/', GENERATE_FOLDERS),
    {
      name: 'only the public list of core sees the client',
      severity: 'error',
      from: { path: CORE, pathNot: `${CORE}index\\.ts$` },
      to: { path: `${CORE}client\\.ts$` },
    },
    {
      name: 'only the client of core sees what runs its calls',
      severity: 'error',
      from: { path: CORE, pathNot: `${CORE}client\\.ts$` },
      to: { path: `${CORE}runner\\.ts$` },
    },
    {
      name: 'what lies beside the folders of core knows at most errors',
      severity: 'error',
      from: { path: `${CORE}(action|checks|option-table|fifo|clock|cancellation|diagnostics)\\.ts$` },
      to: { path: `${CORE}(?!errors/)[^/]+/` },
    },
    {
      name: 'core knows no product and no other package of the house',
      severity: 'error',
      from: { path: CORE },
      to: { path: '^packages/(?!core/)' },
    },
    {
      name: 'outbound knows core only',
      severity: 'error',
      from: { path: '^packages/outbound/src/' },
      to: { path: '^packages/(?!outbound/|core/)' },
    },
    {
      name: 'otel knows core only',
      severity: 'error',
      from: { path: '^packages/otel/src/' },
      to: { path: '^packages/(?!otel/|core/)' },
    },
    {
      name: 'the mock has its own signature check and its own journal: of core it takes types only',
      severity: 'error',
      from: { path: '^packages/mocks/src/' },
      to: { path: '^packages/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the mock and its page know each other by routes only',
      severity: 'error',
      from: { path: '^packages/mocks/(src|page)/' },
      to: { path: '^packages/mocks/(?!$1/)' },
    },
    {
      name: 'events knows outbound only',
      severity: 'error',
      from: { path: '^packages/events/src/' },
      to: { path: '^packages/(?!events/|outbound/)' },
    },
    {
      name: 'bulk knows outbound only',
      severity: 'error',
      from: { path: '^packages/bulk/src/' },
      to: { path: '^packages/(?!bulk/|outbound/)' },
    },
    {
      name: 'outside the command line, bulk does not know it',
      severity: 'error',
      from: { path: '^packages/bulk/src/(?!cli)' },
      to: { path: '^packages/bulk/src/cli' },
    },
    ...['bullmq', 'postgres', 'redis'].map((folder) => ({
      name: `of bulk, only ${folder} knows ${folder}, for its library is an optional peer`,
      severity: 'error',
      from: { path: '^packages/bulk/src/', pathNot: `^packages/bulk/src/${folder}[./]` },
      // The command line loads it when it is asked for.
      to: { path: `^packages/bulk/src/${folder}[./]`, dynamic: false },
    })),
    {
      name: 'the runner of one machine does not know the fleet',
      severity: 'error',
      from: {
        path: '^packages/bulk/src/',
        pathNot: '^packages/bulk/src/((bullmq|fleet|postgres)[./]|cli/fleet)',
      },
      to: { path: '^packages/bulk/src/fleet[./]' },
    },
    {
      name: 'generated code knows core, the base of the client, what its definitions are, and itself',
      severity: 'error',
      from: { path: '^packages/outbound/src/generated/' },
      to: {
        path: '^packages/',
        pathNot:
          '^packages/(core/|outbound/src/(generated/|results/|(base-client|listing|settle/creation)\\.ts$))',
      },
    },
    {
      name: 'packages reach each other by their names, not by their files',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/(?!$1/)[^/]+/src/', dependencyTypes: ['local'] },
    },
    {
      name: 'nothing imports scripts',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'no circle of files',
      severity: 'error',
      from: { pathNot: '^scripts/.*/node_modules/' },
      to: { circular: true },
    },
    {
      name: 'every import leads somewhere',
      severity: 'error',
      from: {},
      // numfmt names a file for its types that it does not have.
      to: { couldNotResolve: true, pathNot: '^(undici/lib/|@tccc/|numfmt$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|dist' },
    exclude: { path: '(^|/)(node_modules|dist|coverage|test)/|vitest\\.config' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
