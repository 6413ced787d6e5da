#!/usr/bin/env bash
# pg-boss 10.4.2, a job queue in PostgreSQL (here @electric-sql/pglite 0.5.17, so that no server is needed).
#
# If a form or a webhook is sent twice, `singletonKey` looks like the way to make one job of it. On a queue as it is created by
# default, the key alone does nothing: both jobs are accepted and run, and if each makes a task, everybody on the list is called
# twice. With `singletonSeconds` or on a queue with the policy "short", the second is refused, but only within that time, or until
# the first job starts. What refuses it for as long as the first job is kept is an `id` of your own.
#
# With version 9.0.3 the key alone was enough, and code that was written for it runs without an error. The documentation names the
# key beside time slots and policies, and does not say that it does nothing alone. Others have met this when they updated.
#
# Guessed before it was run: the second job is refused in each of the ways.
# Seen: the five lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund pg-boss@10.4.2 pg-boss-9@npm:pg-boss@9.0.3 @electric-sql/pglite@0.5.17

cat >twice.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import PgBoss from 'pg-boss';
import PgBoss9 from 'pg-boss-9';

const data = { list: 'spring.csv' };

/** A database in memory, as pg-boss takes it. */
async function database() {
  const postgres = await PGlite.create({ extensions: { pgcrypto } });
  const executeSql = async (text, values = []) => {
    const result = values.length > 0 ? await postgres.query(text, values) : (await postgres.exec(text)).at(-1);
    return { ...result, rowCount: result?.rows.length };
  };
  return { executeSql };
}

/** What is accepted of two jobs, and of a third while the first ones run. */
async function sendTwice(name, boss, queue, options, fetchOptions) {
  const two = [await boss.send(queue, data, options), await boss.send(queue, data, options)];
  await boss.fetch(queue, fetchOptions);
  const third = await boss.send(queue, data, options);
  console.log(`${name}: ${two.filter(Boolean).length} of two jobs, and ${third ? 'one more' : 'none'} while they run`);
}

const old = new PgBoss9({ db: await database(), noSupervisor: true, noScheduling: true });
await old.start();
await sendTwice('9.0.3, key', old, 'lists', { singletonKey: 'spring' }, 10);

const boss = new PgBoss({ db: await database(), supervise: false, schedule: false });
await boss.start();
for (const [name, options, policy] of [
  ['key', { singletonKey: 'spring' }, 'standard'],
  ['key and time', { singletonKey: 'spring', singletonSeconds: 3600 }, 'standard'],
  ['key and policy', { singletonKey: 'spring' }, 'short'],
  ['id', { id: '0190a6b2-7c1e-4d3a-9f50-3b1e8c2d4f60' }, 'standard'],
]) {
  const queue = name.replaceAll(' ', '-');
  await boss.createQueue(queue, { policy });
  await sendTwice(`10.4.2, ${name}`, boss, queue, options, { batchSize: 10 });
}
process.exit();
JS

node --version
node twice.mjs | tee seen
diff seen - <<'SEEN'
9.0.3, key: 1 of two jobs, and none while they run
10.4.2, key: 2 of two jobs, and one more while they run
10.4.2, key and time: 1 of two jobs, and none while they run
10.4.2, key and policy: 1 of two jobs, and one more while they run
10.4.2, id: 1 of two jobs, and none while they run
SEEN
