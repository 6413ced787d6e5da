import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MockServer, Pusher } from '@tccc/mocks';
import type { CallRecord } from '@tccc/outbound';
import { callRecordOf } from '@tccc/outbound';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { fleetResults } from '../src/fleet.js';
import { bulkResults } from '../src/index.js';
import { PostgresLedgers } from '../src/postgres.js';
import {
  callMock,
  callTemplate,
  pushAccess,
  rowsFrom,
  sentByFleet,
  sentList,
  endedSessions,
  sessionsAsked,
  startReceiver,
  withoutRecords,
} from './results-support.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, numbers, temporaryFolder } from './support.js';

const cli = [...SHORT_LIFE, await bundled(new URL('../dist/cli.js', import.meta.url))];
const run = promisify(execFile);

/** A template that says which columns of a file have what. */
const columned = (start: number) => ({
  ...callTemplate(start),
  columns: { Callee: 'phone', UUI: 'customer', Variables: { name: 'first name' } },
});

let schemas = 0;

describe.skipIf(!hasServers('postgresql'))('records that pushes have brought to the database', () => {
  let postgres: TestServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  function ledgersIn(schema = `results_${schemas++}`) {
    const connection = { connectionString: postgres.url };
    const ledgers = new PostgresLedgers({ connection, schema, patienceMs: 1_000 });
    atEnd(() => ledgers.close());
    return { ledgers, schema };
  }

  /** A receiver that stores in the database. */
  const receiverFor = ({ records }: PostgresLedgers) =>
    startReceiver(async (event) => {
      if (event.type === 'cdr') await records.keep([event.call]);
    });

  test('are not asked for, and what no push has brought is asked for once', async () => {
    const { client, engine, time } = callMock();
    const { ledgers, schema } = ledgersIn();
    const id = await sentByFleet(ledgers, client, [...numbers(60), 'nobody']);
    const url = await receiverFor(ledgers);
    const pusher = new Pusher(engine, {
      url,
      actions: ['cdr'],
      ...pushAccess,
      faults: { loss: 0.3, duplicate: 0.2 },
    });
    time.s += 5_000;
    await pusher.deliver();
    const pushed = new Set(
      engine.pushes.entries.filter(({ outcome }) => outcome === 'acknowledged').map((push) => push.sessionId),
    );
    const all = endedSessions(engine);
    expect(pushed.size).toBeGreaterThan(20);

    engine.resetHistory();
    const rows = await rowsFrom(fleetResults({ ledgers, run: id, client }));
    expect(new Set(sessionsAsked(engine))).toEqual(new Set(all.filter((one) => !pushed.has(one))));
    engine.resetHistory();
    expect(await rowsFrom(fleetResults({ ledgers, run: id, client }))).toEqual(rows);
    expect(sessionsAsked(engine)).toEqual([]);

    const pulled = await rowsFrom(fleetResults({ ledgers: withoutRecords(ledgers), run: id, client }));
    expect(rows).toEqual(pulled);
    expect(rows.map(({ isFinal }) => isFinal)).not.toContain(false);
    const database = new pg.Client({ connectionString: postgres.url });
    await database.connect();
    atEnd(() => database.end());
    const { rows: kept } = await database.query<{ record: string }>(`select record from ${schema}.records`);
    expect(kept).toHaveLength(all.length);
    for (const { record } of kept) expect(record, 'links expire').not.toContain('http');
  });

  test('spare a ledger on this machine its questions, too', async () => {
    const { client, engine, ledger, time } = await sentList(numbers(30));
    const { ledgers } = ledgersIn();
    const url = await receiverFor(ledgers);
    time.s += 5_000;
    await new Pusher(engine, { url, ...pushAccess }).deliver();
    engine.resetHistory();
    const known = (sessionId: string) => ledgers.records.of(sessionId);
    const rows = await rowsFrom(bulkResults({ client, ledger, known }));
    expect(sessionsAsked(engine)).toEqual([]);
    expect(rows.map(({ isFinal }) => isFinal)).not.toContain(false);
  });

  test('are acknowledged only once they are stored', async () => {
    const { client, engine, time } = callMock();
    const { ledgers } = ledgersIn();
    await sentByFleet(ledgers, client, numbers(5));
    const url = await receiverFor(ledgers);
    const pusher = new Pusher(engine, { url, actions: ['cdr'], ...pushAccess });
    await postgres.kill();
    time.s += 5_000;
    await pusher.deliver();
    expect(new Set(engine.pushes.entries.map(({ outcome }) => outcome))).toEqual(new Set(['refused']));
    await postgres.start();
    time.s += 60;
    await pusher.deliver();
    const found = await Promise.all(endedSessions(engine).map((session) => ledgers.records.of(session)));
    expect(found.map((record) => record?.sessionId)).toEqual(endedSessions(engine));
  });

  test('are those of calls that have ended, and the last one counts', async () => {
    const { ledgers } = ledgersIn();
    const { records } = ledgers;
    const record = (fields: object) => callRecordOf({ SessionId: 's', Callee: '1', ...fields })!;
    await records.keep([]);
    await records.keep([record({ EndedTimestamp: 0 })]);
    expect(await records.of('s')).toBeUndefined();
    await records.keep([record({ EndedTimestamp: 5 }), record({ EndedTimestamp: 6, Big: 2n ** 60n })]);
    await records.keep([record({ EndedTimestamp: 7, EndStatusString: 'busy' })]);
    const [found, other] = await Promise.all([records.of('s'), records.of('other')]);
    expect(found).toMatchObject({ endedAt: 7, reason: { group: 'busy' } });
    expect(other).toBeUndefined();
  });

  test('are not replaced by an older one that is delivered again after its correction', async () => {
    const { records } = ledgersIn().ledgers;
    const record = (EndStatusString: string, EndedTimestamp = 100) =>
      callRecordOf({ SessionId: 's', Callee: '1', EndedTimestamp, EndStatusString, RecordURL: 'https://a' })!;
    const kept = async (...given: CallRecord[]) => {
      await records.keep(given);
      return (await records.of('s'))?.reason.group;
    };
    expect(await kept(record('notAnswer'))).toBe('no-answer');
    expect(await kept(record('busy'))).toBe('busy');
    expect(await kept(record('notAnswer'))).toBe('busy');
    expect(await kept(record('powerOff'))).toBe('unreachable');
    for (const late of ['notAnswer', 'busy', 'powerOff'])
      expect(await kept(record(late))).toBe('unreachable');
    expect(await kept(record('ok', 99))).toBe('unreachable');
    expect(await kept(record('ok', 101), record('userReject', 101), record('ok', 101))).toBe('rejected');
  });

  test('are kept by tables of an earlier version, too', async () => {
    const { schema, ledgers } = ledgersIn();
    const record = callRecordOf({ SessionId: 's', Callee: '1', EndedTimestamp: 5, EndStatusString: 'busy' })!;
    await ledgers.records.keep([callRecordOf({ SessionId: 's', Callee: '1', EndedTimestamp: 4 })!]);
    const database = new pg.Client({ connectionString: postgres.url });
    await database.connect();
    atEnd(() => database.end());
    await database.query(`alter table ${schema}.records drop column ended, drop column earlier`);
    await database.query(`alter table ${schema}.runs drop column service`);
    const { records } = ledgersIn(schema).ledgers;
    await records.keep([record]);
    expect(await records.of('s')).toMatchObject({ reason: { group: 'busy' } });
  });

  test('are made use of by the command line', async () => {
    // The command line lives in the present; the calls were made a little before.
    const before = Math.floor(Date.now() / 1_000) - 10_000;
    const { client, engine, time } = callMock({}, before);
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const { ledgers, schema } = ledgersIn();
    const id = await sentByFleet(ledgers, client, [...numbers(12), 'nobody'], { start: before });
    const url = await receiverFor(ledgers);
    time.s += 5_000;
    await new Pusher(engine, { url, ...pushAccess }).deliver();
    engine.resetHistory();
    const folder = await temporaryFolder();
    const database = ['--database', postgres.url, '--schema', schema];
    const { stdout, stderr } = await run(
      process.execPath,
      [
        ...cli,
        'fleet',
        'results',
        id,
        ...database,
        '--endpoint',
        server.url,
        '--page',
        'page.html',
        '--retry-list',
        'again.csv',
        '--retry-for',
        'not-reached',
      ],
      { cwd: folder },
    );
    expect(stderr).toContain('13 lines, 13 of them final');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(14);
    expect(lines[13]).toContain('left-out,yes,,,,not-a-number');
    const missed = lines.filter((line) => line.includes('not-reached')).length;
    expect((await readFile(join(folder, 'again.csv'), 'utf8')).trimEnd().split('\n')).toHaveLength(
      missed + 1,
    );
    expect(await readFile(join(folder, 'page.html'), 'utf8')).toContain('Calls over time');

    const attributes = { UUI: 'C1', Variables: [{ Key: 'name', Value: 'Li, Lei' }] };
    const [first, ...others] = numbers(3);
    const callees = [{ Callee: first!, ...attributes }, ...others];
    const shares = { seed: 2, calls: { shares: { busy: 1 } } };
    const list = await sentList(callees, shares, { template: columned(before) }, before);
    const own = await MockServer.start(list.engine);
    atEnd(() => own.close());
    list.time.s += 5_000;
    await new Pusher(list.engine, { url, ...pushAccess }).deliver();
    list.engine.resetHistory();
    const again = join(folder, 'calls.csv');
    const given = [
      'results',
      '--ledger',
      list.ledger,
      ...database,
      '--endpoint',
      own.url,
      '--retry-list',
      again,
      '--retry-for',
      'busy',
    ];
    expect((await run(process.execPath, [...cli, ...given])).stderr).toContain('3 lines, 3 of them final');
    expect([...sessionsAsked(engine), ...sessionsAsked(list.engine)]).toEqual([]);
    // The list to call again can be sent with the same template.
    expect((await readFile(again, 'utf8')).split('\n').slice(0, 2)).toEqual([
      'phone,first name,customer,line,reason',
      `00${first!.slice(1)},"Li, Lei",C1,1,busy`,
    ]);
  });
});
