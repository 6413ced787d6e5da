import { describe, expect, test, vi } from 'vitest';
import { commandOf } from '../src/cli/options.js';
import { parse, runCommandLine } from '../src/cli/parser.js';
import { UsageError } from '../src/cli/usage-error.js';
import { readyJson, readyText } from '../src/cli/ready.js';

/** What a command line prints, without a process of its own. */
async function printed(...args: string[]): Promise<string> {
  const written: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (written.push(String(text)), true));
  const log = vi.spyOn(console, 'log').mockImplementation((text) => void written.push(`${text}\n`));
  try {
    await runCommandLine(args, () => Promise.reject(new Error('It would serve.')), '1.2.3');
  } finally {
    write.mockRestore();
    log.mockRestore();
  }
  return written.join('');
}

describe('the command line of the mock', () => {
  test.each([
    [['--prot', '1'], 'There is no option "--prot". Did you mean --port?'],
    [['--nonsense=AKIDsecret'], 'There is no option "--nonsense".'],
    [['--13800000000'], 'There is no option of this name.'],
    [['--tls=no'], '--tls takes no value.'],
    [['--json=AKIDsecret'], '--json takes no value.'],
    [['extra'], 'Too many arguments.'],
    [['--port'], '--port needs a value.'],
    [['--port', '1', '--port', '2'], '--port is given twice: give it once.'],
  ])('%j is told in one line', (args, message) => {
    expect(() => parse(args)).toThrow(new Error(message));
  });

  test.each([
    [['--port', 'x'], /--port must be a whole number from 0 to 65535/],
    [['--port', '70000'], /--port must be a whole number from 0 to 65535/],
    [['--seed', '-1'], /--seed/],
    [['--seed', '4294967296'], /--seed must be a whole number from 0 to 4294967295/],
    [['--rate-limit', '0'], /--rate-limit must be a whole number from 1, or off/],
    [['--max-entries', '0'], /--max-entries must be a whole number from 1/],
    [['--max-bytes', '1e6'], /--max-bytes must be a whole number from 1/],
    [['--list-delay-ms', 'x'], /--list-delay-ms must be a whole number from 0/],
    [['--item-ms', '0'], /--item-ms must be a whole number from 1/],
    [['--signatures', 'maybe'], /strict, presence or off/],
    [['--newer-parameters', 'maybe'], /accept or refuse/],
    [['--host', ''], /--host must not be empty/],
    [['--allow-host', '*'], /--allow-host must be a whole name/],
    [['--ca-file', 'x'], /--ca-file needs --tls/],
    [['--secret-id', 'AKIDx'], /need each other/],
    [['--secret-key', 'secretOfNobody'], /need each other/],
    [['--token', 'secretOfNobody'], /need each other/],
    [['--secret-id', 'a/b', '--secret-key', 'secretOfNobody'], /secretId must be visible ASCII/],
    [['--secret-id', '', '--secret-key', 'secretOfNobody'], /secretId must be visible ASCII/],
    [['--secret-id', 'AKIDx', '--secret-key', ' secretOfNobody'], /begin or end with white space/],
    [['--secret-id', 'AKIDx', '--secret-key', ''], /non-empty/],
    [
      ['--secret-id', 'AKIDx', '--secret-key', 'k', '--token', 'secretOf\nNobody'],
      /token must be visible ASCII/,
    ],
    [
      ['--secret-id', 'AKIDx', '--secret-key', 'k', '--secret-id', 'AKIDx', '--secret-key', 'secretOfNobody'],
      /can never match/,
    ],
  ])('%j is refused in one line, without a secret, before anything starts', async (args, message) => {
    const refused = runCommandLine(args, async (given) => void commandOf(given), '1.2.3');
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toMatch(/secretOf|\n/);
  });

  test('key pairs keep their order, and what repeats is a list', () => {
    const { values, keyPairs } = parse([
      '--secret-key',
      'k',
      '--secret-id',
      'AKIDa',
      '--unchecked',
      'Tries',
      '--unchecked=NotAfter',
      '--token',
      '-t',
      '--tls',
    ]);
    expect(keyPairs).toEqual([['secret-key', 'k'], ['secret-id', 'AKIDa'], ['token', '-t']]); // prettier-ignore
    expect(values).toMatchObject({ unchecked: ['Tries', 'NotAfter'], tls: true });
  });

  test('help, -h and --help are one text; --version is that of the package', async () => {
    const help = await printed('--help');
    expect(help).toMatch(/--rate-limit <number> [^]*completion bash \(or zsh, or fish\) prints/);
    expect([await printed('-h'), await printed('help')]).toEqual([help, help]);
    expect(await printed('--version')).toBe('1.2.3\n');
  });

  test.each([
    [['completion'], 'Name the shell: bash, zsh, fish or powershell.'],
    [['completion', 'tcsh'], 'There is completion for bash, zsh, fish and powershell.'],
  ])('%j is told in one line, too', async (args, message) => {
    await expect(printed(...args)).rejects.toThrow(new Error(message));
  });

  test.each(['bash', 'zsh', 'fish'])('%s can complete it', async (shell) => {
    expect(await printed('completion', shell)).toContain('tccc-mock complete --');
  });

  test('options and their choices are completed', async () => {
    expect(await printed('complete', '--', '--si')).toContain('--signatures');
    expect(await printed('complete', '--', '--signatures', '')).toMatch(/strict[^]*presence[^]*off/);
  });
});

test('a terminal gets the page and a command; a program gets JSON', () => {
  const ready = { url: 'https://127.0.0.1:8080', pid: 7, seed: 5, ca: "/tmp/it's/ca.pem" };
  expect(readyText(ready)).toMatch(/page +https:\/\/127\.0\.0\.1:8080\/\n/);
  expect(readyText(ready)).toContain(
    "curl -s --cacert '/tmp/it'\\''s/ca.pem' https://127.0.0.1:8080/__mock/summary\n",
  );
  expect(JSON.parse(readyJson(ready))).toEqual({ ready: true, ...ready });
});
