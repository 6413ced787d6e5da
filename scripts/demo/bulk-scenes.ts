import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';

const cli = fileURLToPath(new URL('../../packages/bulk/dist/cli.js', import.meta.url));

const CREATE = 'CreateAutoCalloutTask';

/** Lines of the list, and numbers in a request. */
const LINES = 5_000;
const CHUNK = 100;

/** So many tasks are there when the process is killed. */
const KILL_AFTER = 15;

/** From which request of the second process on the service is busy, until three people have opted out. */
const BUSY_FROM = 10;
/** Two whose turn has not come by then, and one who was called already. */
const OPTED_OUT = ['+8613800004000', '0086 138 0000 4001', '13800000000'];

/** What the demo has come to, by the mock's own books. */
export interface BulkDemo {
  /** Numbers that the service was asked to call, and those among them that it was asked twice. */
  called: number;
  twice: number;
  /** Lines of the report, and those that say `accepted`. */
  reported: number;
  accepted: number;
  /** Numbers that were called although they had been opted out before their turn came. */
  calledAfterOptOut: number;
}

/** Everything that it prints comes from this run. */
export async function runBulkDemo(print: (line: string) => void): Promise<BulkDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-demo-bulk-'));
  const engine = new MockEngine({ seed: 1 });
  const server = await MockServer.start(engine, { stayAlive: true });
  try {
    return await new Demo(folder, engine, server, print).run();
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

class Demo {
  readonly #folder: string;
  readonly #engine: MockEngine;
  readonly #server: MockServer;
  readonly #print: (line: string) => void;

  constructor(folder: string, engine: MockEngine, server: MockServer, print: (line: string) => void) {
    [this.#folder, this.#engine, this.#server, this.#print] = [folder, engine, server, print];
  }

  async run(): Promise<BulkDemo> {
    await writeFile(join(this.#folder, 'list.csv'), makeList());
    await writeFile(join(this.#folder, 'stop.txt'), '+8613800000042\n0086 138 0000 0043\n');
    await writeFile(join(this.#folder, 'task.json'), JSON.stringify(TEMPLATE, undefined, 2));
    const list = [
      'run',
      'list.csv',
      '--template',
      'task.json',
      '--do-not-call',
      'stop.txt',
      '--chunk-size',
      `${CHUNK}`,
    ];

    this.#say('1. What would be sent');
    await this.#command([...list, '--dry-run'], 12);

    this.#say('2. The run: two responses are lost, one request fails, and then the process is killed');
    this.#engine.faults.add({ fault: 'reset-after-create', action: CREATE, nth: [3, 9] });
    this.#engine.faults.add({ fault: 'internal-error', action: CREATE, nth: 6, strikes: 'before' });
    // A list that does not have what was created a moment ago.
    this.#engine.faults.add({ fault: 'list-lags', action: 'DescribeAutoCalloutTasks', nth: [1, 2, 3] });
    await this.#command(
      [...list, ...this.#ledger, ...this.#sending, '--yes'],
      5,
      () => this.#engine.createdCount >= KILL_AFTER,
    );

    this.#say('3. Another process goes on. What was in flight is unknown, and is not sent again');
    await this.#optOutWhile(() => this.#command(['resume', ...this.#ledger, ...this.#sending], 12));
    await this.#command(['status', ...this.#ledger], 30);

    this.#say('4. What is unknown is looked up by its marker in the list of the service');
    await this.#command(['settle', ...this.#ledger, ...this.#service, '--settle-within', '2', '--plain'], 12);

    this.#say(
      '5. What is not found needs a person, who looks at the console of the service and gives a word',
    );
    await this.#resolveAll();
    await this.#command(['resume', ...this.#ledger, ...this.#sending], 3);

    this.#say('6. The report, line by line, and the books of the mock');
    return this.#compare();
  }

  get #ledger(): string[] {
    return ['--ledger', 'run.ledger'];
  }

  get #service(): string[] {
    return ['--endpoint', this.#server.url];
  }

  get #sending(): string[] {
    return [...this.#service, '--no-settle', '--plain'];
  }

  /** Three people opt out while a process sends, and the service is busy; they are taken off what is not claimed yet. */
  async #optOutWhile(work: () => Promise<void>): Promise<void> {
    await writeFile(join(this.#folder, 'late.txt'), `${OPTED_OUT.join('\n')}\n`);
    const nth = Array.from({ length: 10_000 }, (_, index) => BUSY_FROM + index);
    const rush = { fault: 'rate-limited', action: CREATE, strikes: 'before', nth } as const;
    const endOfRush = this.#engine.faults.add(rush);
    const working = work();
    while (!this.#engine.faults.struck.has('rate-limited')) await sleep(5);
    this.#print('   Meanwhile, the service is busy, and in another terminal three people opt out:');
    await this.#command(['opt-out', ...this.#ledger, '--do-not-call', 'late.txt'], 1);
    endOfRush();
    await working;
  }

  /** What the console of the service shows, the mock knows. */
  async #resolveAll(): Promise<void> {
    const { stdout } = await this.#run(['status', ...this.#ledger]);
    for (const [, chunk, marker] of stdout.matchAll(/^chunk (\d+): unknown .* marker (\S+)$/gm)) {
      const task = this.#engine.created.find(({ params }) => String(params['Name']).includes(`[${marker}]`));
      const word = task === undefined ? ['--send-again'] : ['--accepted', `${task.id}`];
      await this.#command(['resolve', chunk!, ...word, ...this.#ledger], 1);
    }
  }

  async #compare(): Promise<BulkDemo> {
    const { stdout } = await this.#run(['report', ...this.#ledger, '--format', 'json']);
    const rows = JSON.parse(stdout) as { state: string; reason?: string }[];
    const counts = new Map<string, number>();
    for (const { state, reason } of rows) {
      const what = [state, reason].filter((part) => part !== undefined).join(': ');
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
    for (const [what, count] of counts)
      this.#print(`   ${what.padEnd(26)} ${count.toLocaleString('en-US').padStart(6)}`);
    const called = this.#engine.created.flatMap(({ params }) => params['Callees'] as string[]);
    const twice = this.#engine.calledMoreThanOnce.size;
    const calledAfterOptOut = called.filter((number) => /^00861380000400[01]$/.test(number)).length;
    const tasks = this.#engine.createdCount;
    this.#print(
      `   The mock: ${tasks} tasks, ${called.length.toLocaleString('en-US')} numbers, called twice: ${twice}, ` +
        `after they had opted out: ${calledAfterOptOut}.`,
    );
    const accepted = counts.get('accepted') ?? 0;
    return { called: called.length, twice, reported: rows.length, accepted, calledAfterOptOut };
  }

  /** Runs a command, shows its last lines, and kills it once a condition holds. */
  async #command(args: readonly string[], lines: number, isTimeToDie?: () => boolean): Promise<void> {
    this.#print(
      `   $ tccc-bulk ${args.map((part) => part.replace(this.#server.url, 'http://127.0.0.1:PORT')).join(' ')}`,
    );
    const { stdout, stderr, signal } = await this.#run(args, isTimeToDie);
    const written = `${stderr}${stdout}`
      .replaceAll(this.#server.url, 'http://127.0.0.1:PORT')
      .trimEnd()
      .split('\n');
    for (const line of written.filter((one) => !/^$|reading/.test(one)).slice(-lines))
      this.#print(`   ${line}`);
    if (signal !== null) this.#print(`   Killed (${signal}).`);
  }

  async #run(args: readonly string[], isTimeToDie?: () => boolean) {
    const { secretId, secretKey } = mockCredentials;
    const env = { ...process.env, TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
    const child = spawn(process.execPath, [cli, ...args], { cwd: this.#folder, env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const ended = once(child, 'close');
    if (isTimeToDie !== undefined) {
      while (child.exitCode === null && !isTimeToDie()) await sleep(5);
      child.kill('SIGKILL');
    }
    const [, signal] = (await ended) as [number | null, string | null];
    // What a process sent before it was killed may still arrive.
    if (isTimeToDie !== undefined) while (this.#server.connections > 0) await sleep(5);
    return { stdout, stderr, signal };
  }

  #say(title: string): void {
    this.#print('');
    this.#print(title);
  }
}

const TEMPLATE = {
  action: CREATE,
  params: { SdkAppId: 1_400_000_000, NotBefore: 1, Callers: ['008602012345678'], IvrId: 8, Name: 'Spring' },
  columns: { Callee: 'phone', UUI: 'customer', Variables: { name: 'name' } },
  numbers: { country: 'CN' },
};

/** A list as people send it: numbers written in several ways, twice, wrong, or not at all. */
function makeList(): string {
  const lines = ['\ufeffcustomer,phone,name'];
  for (let index = 0; lines.length <= LINES; index++) {
    const national = `138${String(index).padStart(8, '0')}`;
    const written = ['+86', '0086', '', '+86 '][index % 4] + national;
    lines.push(`C${index},${written},"Customer ${index}, ${['Ms', 'Mr'][index % 2]}"`);
    if (index % 100 === 50) lines.push(`C${index},+86 ${national.replace(/^(...)(....)/, '$1-$2-')},again`);
    if (index % 250 === 120) lines.push(`C${index},none given,x`, `C${index},,x`);
    if (index % 1_000 === 500) lines.push('', `C${index},12345,x`, `C${index},${national},x,one too many`);
  }
  return `${lines.slice(0, LINES + 1).join('\r\n')}\r\n`;
}
