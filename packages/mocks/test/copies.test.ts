import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OutboundClient, actions } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { asCurl, asTypeScript } from '../page/src/copies.js';
import { readConfigFile } from '../src/cli/config.js';
import { MockEngine, MockServer } from '../src/index.js';
import { PlannedFaults } from '../src/server/planned-faults.js';

const run = promisify(execFile);

/** The end of a bracketed paste, a command, a bell, a backspace, DEL, a CSI of one byte, a change of direction, a line end. */
const NASTY =
  '\u001b[201~\nrm -rf x\r\u0007\b\t\u007f\u009b2J\u202e\u2066\u2028\ufeff\'"$HOME`id`\\n%s%%!1 \u{1f469}\u200d\u{1f680}';

const expectPlain = (copy: string) =>
  expect(copy.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);

const shellOf = (body: string, action = 'CreateAutoCalloutTask') =>
  asCurl('http://127.0.0.1:1', { action, version: '1', service: 'ccc', body });

describe('a copy that is pasted into a terminal does nothing but paste', () => {
  test.each([
    ['JSON with anything in a text', JSON.stringify({ Name: NASTY })],
    ['a body that is no JSON', NASTY],
    ['a body that ends with newlines', '{"a":1}\n\n'],
    ['a body that looks like an option', '-v \u001b'],
    ['an empty body', ''],
    ['plain JSON', `{"Name":"it's $HOME \`id\` \\\\ 通知 100%!"}`],
  ])('as curl, and the shell sends the same: %s', async (_what, body) => {
    const script = shellOf(body);
    expectPlain(script);
    const assignment = script.split('\nhost=')[0]!.replace(/^: .*$/m, '');
    const { stdout } = await run('/bin/sh', ['-c', `${assignment}\nprintf %s "$body"`]);
    expect(stdout).toBe(body);
  });

  test('as curl, also if the name of the action is odd', async () => {
    const script = shellOf('{}', 'A\u009b2J\u0085!');
    expectPlain(script);
    const [, header] = /--header ("\$\(printf .*X-TC-Action.*\)")/.exec(script)!;
    const { stdout } = await run('/bin/sh', ['-c', `printf %s ${header}`]);
    expect(stdout).toBe('X-TC-Action: A\u009b2J\u0085!');
  });

  test('as TypeScript, and the program has the same', () => {
    const params = { Name: NASTY, [`x\u001b${NASTY}`]: [NASTY] };
    const program = asTypeScript('http://127.0.0.1:1', 'CreateAutoCalloutTask', JSON.stringify(params));
    expectPlain(program);
    const [, literal] = /createAutoCalloutTask\(([^]*)\)\);\nawait/.exec(program)!;
    expect(new Function(`return ${literal};`)()).toEqual(params);
  });

  test('as TypeScript, with the method of the action', () => {
    for (const name of Object.keys(actions)) {
      const [, method] = /await client\.(\w+)\(/.exec(asTypeScript('http://mock', name, '{}'))!;
      expect(Object.getOwnPropertyNames(OutboundClient.prototype)).toContain(method);
    }
    expect(asTypeScript('http://mock', 'AIThing', '{}')).toContain('client.aiThing(');
  });
});

describe('planned faults over HTTP', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  test('are bounded by their size, whatever their number', () => {
    const planned = new PlannedFaults(new MockEngine().faults);
    const large = { fault: 'internal-error', nth: many(60_000) };
    let count = 0;
    const fill = () => {
      for (count = 0; count < 100; count++) planned.add(large);
    };
    expect(fill).toThrow(/may be 1048576 characters of JSON.*Give nth fewer numbers, or remove faults/);
    expect(count).toBe(Math.floor(1_048_576 / JSON.stringify(large).length));
    // Room comes back with what is removed, one or all.
    planned.remove('1');
    planned.add(large);
    expect(() => planned.add(large)).toThrow(/characters of JSON/);
    planned.remove(null);
    expect(fill).toThrow(/characters of JSON/);
    expect(count).toBe(3);
  });

  test('one that is too large is refused with 400', async () => {
    await using server = await MockServer.start(new MockEngine({ seed: 1 }));
    const body = JSON.stringify({ fault: 'internal-error', nth: many(200_000) });
    const answer = await fetch(`${server.url}/__mock/faults`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: expect.stringContaining('Give nth fewer numbers') as string },
    ]);
  });
});

test.each<[string, (text: string) => Buffer]>([
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, as PowerShell writes it', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
])('--config is read in %s', async (_what, encode) => {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-config-'));
  try {
    await writeFile(join(folder, 'mock.json'), encode('{ "port": 8080, "seed": 7 }\r\n'));
    expect(readConfigFile(join(folder, 'mock.json'))).toEqual({ port: 8080, engine: { seed: 7 } });
  } finally {
    await rm(folder, { recursive: true });
  }
});
