import { describe, expect, test, vi } from 'vitest';
import { runCommandLine } from '../src/cli/command-line.js';
import type { Action, Command, CommandName } from '../src/cli/options.js';
import { COMMANDS } from '../src/cli/options.js';
import { UsageError } from '../src/cli/usage-error.js';
import { assumedCountryText } from '../src/cli/warnings.js';
import { countOf } from '../src/count.js';
import { pasted, share } from '../src/cli/words.js';

/** Runs a command line whose commands do nothing but say what they were given. */
async function run(...args: string[]) {
  const asked: (Command & { name: CommandName })[] = [];
  const actions = Object.fromEntries(
    COMMANDS.map(({ name }) => [name, async (command: Command) => (asked.push({ name, ...command }), 7)]),
  ) as unknown as Record<CommandName, Action>;
  const written: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (written.push(String(text)), true));
  const log = vi.spyOn(console, 'log').mockImplementation((text) => void written.push(`${text}\n`));
  try {
    const code = await runCommandLine(args, actions, '1.2.3');
    return { code, asked: asked[0], text: written.join('') };
  } finally {
    write.mockRestore();
    log.mockRestore();
  }
}

describe('a command line', () => {
  test('is read into typed values, under one name each', async () => {
    const { code, asked } = await run(
      'run',
      'list.csv',
      '--ledger',
      'x',
      '--template=t.json',
      '--chunk-size',
      '10',
      '--no-settle',
      '--ask-above',
      '7.5%',
      '--settle-within',
      '3',
      '--site',
      'cn',
      '--format',
      'ndjson',
      '--yes',
    );
    expect(code).toBe(7);
    expect(asked).toEqual({
      name: 'run',
      positionals: ['list.csv'],
      values: {
        ledger: 'x',
        template: 't.json',
        chunkSize: 10,
        noSettle: true,
        askAbove: 0.075,
        settleWithin: 3_000,
        site: 'cn',
        format: 'ndjson',
        yes: true,
      },
    });
    expect((await run('report', '--ledger', 'x', '--format', 'json')).asked!.values).toEqual({
      ledger: 'x',
      reportFormat: 'json',
    });
    expect((await run('fleet', 'resolve', 'r', '1', '2', '--send-again')).asked).toMatchObject({
      name: 'fleet resolve',
      positionals: ['r', '1', '2'],
    });
  });

  test.each([
    [[], 'Say what to do.', undefined],
    [['fleet'], 'Say what to do.', undefined],
    [['ruin'], 'There is no command "ruin". Did you mean run?', undefined],
    [['fleet', 'jion'], 'There is no command "jion". Did you mean join?', undefined],
    [['13800000000'], 'There is no command of this name.', undefined],
    [['send', '--ledgr', 'x'], 'There is no option "--ledgr". Did you mean --ledger?', 'send'],
    [['send', '--13800000000'], 'There is no option of this name.', 'send'],
    [['run', '--dry-run=no'], '--dry-run takes no value.', 'run'],
    [['send', '--help=run'], '--help takes no value.', 'send'],
    [['status', '--ledger', 'x', '--site', 'cn'], '--site is not an option of status.', 'status'],
    [['fleet', 'status', 'r', '--site', 'cn'], '--site is not an option of fleet status.', 'fleet status'],
    [['send', '--ledger'], '--ledger needs a value.', 'send'],
    [['send', '--ledger='], '--ledger must not be empty.', 'send'],
    // One of the two lists would not be heeded.
    [
      ['resume', '--ledger', 'x', '--do-not-call', 'a', '--do-not-call', 'b'],
      '--do-not-call is given twice: give it once.',
      'resume',
    ],
    // A run that is called "--dry-run" would be sent.
    [['run', 'a.csv', '--template', 't', '--name', '--dry-run'], '--name needs a value.', 'run'],
    [['send', '--ledger', '--plan=9c11'], '--ledger needs a value.', 'send'],
    [['help', 'ruin'], 'There is no command "ruin". Did you mean run?', undefined],
    [['fleet', 'help', 'jion'], 'There is no command "jion". Did you mean join?', undefined],
    [['help', '--ledgr'], 'There is no option "--ledgr".', undefined],
    [['completion'], 'Name the shell: bash, zsh, fish or powershell.', undefined],
    [['completion', 'tcsh'], 'There is completion for bash, zsh, fish and powershell.', undefined],
    [['send'], '--ledger is required.', 'send'],
    [['run', 'a.csv', '--ledger', 'x'], '--template is required.', 'run'],
    [['run', '--ledger', 'x'], 'Name the list, or - for standard input.', 'run'],
    [['run', 'a.csv', 'b.csv'], 'Too many arguments.', 'run'],
    [['send', '--ledger', 'x', '--site', 'us'], '--site must be intl or cn.', 'send'],
    [
      ['send', '--ledger', 'x', '--concurrency', '1e2'],
      '--concurrency must be a whole number from 1 to 1000.',
      'send',
    ],
    [
      ['send', '--ledger', 'x', '--ask-above', 'half'],
      '--ask-above must be a percentage, such as 5%.',
      'send',
    ],
  ])('%j is refused in one line', async (args, message, command) => {
    const error: unknown = await run(...args).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message, command });
  });

  test('that its command refuses says where help is', async () => {
    const refuse = async () => {
      throw new UsageError('Give --site.');
    };
    const actions = { 'fleet join': refuse } as unknown as Record<CommandName, Action>;
    await expect(runCommandLine(['fleet', 'join', 'r'], actions, '1.2.3')).rejects.toMatchObject({
      message: 'Give --site.',
      command: 'fleet join',
    });
  });

  test('has help for the program and for each command, in whatever way one asks', async () => {
    const { code, text } = await run('--help');
    expect([code, text]).toEqual([0, expect.stringMatching(/inspect[^]*completion bash[^]*Exit codes:/)]);
    for (const asking of [['help'], ['-h']]) expect((await run(...asking)).text).toBe(text);
    for (const { name, options } of COMMANDS) {
      const help = await run(...name.split(' '), '--help');
      expect([name, help.code, help.text]).toEqual([name, 0, expect.stringContaining(`tccc-bulk ${name}`)]);
      expect(help.text.match(/^ {2}--/gm)).toHaveLength(options.length);
    }
    expect((await run('help', 'send')).text).toBe((await run('send', '--help')).text);
    for (const asking of ['fleet help join', 'help fleet join'])
      expect((await run(...asking.split(' '))).text).toBe((await run('fleet', 'join', '--help')).text);
    expect((await run('fleet', 'help')).text).toBe((await run('fleet', '--help')).text);
    // Nothing is done.
    expect((await run('help', 'send', '--ledger', 'x')).asked).toBe(undefined);
    // A list may have this name.
    expect((await run('inspect', 'help')).asked!.positionals).toEqual(['help']);
    expect((await run('--version')).text).toBe('1.2.3\n');
  });

  test.each(['bash', 'zsh', 'fish'])('can be completed by %s', async (shell) => {
    expect((await run('completion', shell)).text).toContain('tccc-bulk complete --');
  });

  test('completes commands, options, choices and files', async () => {
    const complete = async (...words: string[]) => (await run('complete', '--', ...words)).text;
    expect(await complete('re')).toMatch(/^resume\t[^]*^resolve\t[^]*^report\t/m);
    expect(await complete('fleet', 'j')).toMatch(/^join\t/m);
    expect(await complete('send', '--led')).toMatch(/^--ledger\t/m);
    expect(await complete('send', '--site', '')).toMatch(/^intl\t[^]*^cn\t/m);
    const folder = `${import.meta.dirname}/`;
    expect(await complete('send', '--ledger', folder)).toContain(`${folder}command-line.test.ts`);
    expect(await complete('run', folder)).toContain(`${folder}command-line.test.ts`);
  });
});

test('a command that is advised can be pasted, whatever its path', () => {
  expect(pasted('lists/run-1.ledger')).toBe('lists/run-1.ledger');
  expect(pasted("李's run.ledger")).toBe(String.raw`'李'\''s run.ledger'`);
});

test('one is not several, and a little is not nothing', () => {
  expect([countOf(1, 'line'), countOf(2_000, 'line'), countOf(0, 'line')]).toEqual(['1 line', '2,000 lines', '0 lines']); // prettier-ignore
  expect([share(0, 9), share(1, 1_000_000), share(5, 100), share(1, 3), share(999, 1_000)]).toEqual(
    ['0 %', 'under 0.1 %', '5 %', '33 %', '99 %'], // prettier-ignore
  );
  expect([
    assumedCountryText({ country: 'CN', count: 1, of: 1 }),
    assumedCountryText({ country: 'CN', count: 2, of: 3 }),
  ]).toEqual([
    '1 of 1 number has no country code; it is read as a number of CN',
    '2 of 3 numbers have no country code; they are read as numbers of CN',
  ]);
});
