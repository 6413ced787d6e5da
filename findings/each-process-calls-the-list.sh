#!/usr/bin/env bash
# cron-cluster 1.1.3 (with redis-leader 0.1.0), safe-redis-leader 0.0.6 and ts-safe-redis-leader 0.0.5, with ioredis 5.11.1: several
# processes elect one in Redis, to do what must be done once, such as to send a list at 09:00.
#
# When a job is due, each process with cron-cluster asks Redis whether it is the leader. If Redis answers with an error, or cannot be
# reached, it runs the job: everybody is called as often as there are processes. The error is the first argument of the job, which
# the README does not mention. If Redis stays away, an uncaught error of the election ends the processes, but only after that.
#
# The other two tell a process that it is `elected` or `demoted`. If the leader renews its term and Redis answers with an error once,
# it is told the `error`, but never `demoted`, and takes no part any more. When the term is over, another process is elected, and both
# send the list.
#
# The READMEs say that a job is not run many times, and that there is only one leader. We found no report. What helps: let the job of
# cron-cluster do nothing if it has an argument; with the others, ask `isLeader()` before each list, and end the process at an
# `error`. And keep a record of what was sent, for no election helps against a process that pauses and goes on.
#
# Guessed before it was run: with an error, no process runs the job, and a leader that could not renew is told that it is none.
# Seen: the four lines that this script compares, with a small server in place of Redis. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cron-cluster@1.1.3 redis-leader@0.1.0 safe-redis-leader@0.0.6 \
  ts-safe-redis-leader@0.0.5 ioredis@5.11.1

cat >redis.cjs <<'JS'
const { once } = require('node:events');
const { createServer } = require('node:net');

/** As much of Redis as an election needs. It answers the commands in `failing` with what Redis says after a restart. */
exports.startRedis = async () => {
  const failing = new Set();
  const keys = new Map();
  const valueOf = (key) => (keys.get(key)?.until > Date.now() ? keys.get(key).value : undefined);
  const renew = (key, value, ms) => keys.set(key, { value, until: Date.now() + Number(ms) });
  const commands = {
    info: () => '$9\r\nloading:0',
    get: (key) => (valueOf(key) ? `$${valueOf(key).length}\r\n${valueOf(key)}` : '$-1'),
    set: (key, value, _px, ms) => (valueOf(key) ? '$-1' : renew(key, value, ms) && '+OK'),
    eval: (_script, _one, key, value, ms) => (valueOf(key) === value ? renew(key, value, ms) && ':1' : ':0'),
    evalsha: (...values) => commands.eval(...values),
  };
  const answer = (name, values) => {
    if (failing.has(name)) return '-LOADING Redis is loading the dataset in memory';
    return commands[name]?.(...values) ?? '-ERR unknown command';
  };
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      for (const command of String(data).split(/^\*\d+\r\n/m).slice(1)) {
        const [name, ...values] = command.split('\r\n').filter((_, index) => index % 2 === 1);
        socket.write(`${answer(name, values)}\r\n`);
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: server.address().port, failing };
};
JS

cat >leaders.cjs <<'JS'
const { setTimeout } = require('node:timers/promises');
const cronCluster = require('cron-cluster');
const Redis = require('ioredis');
const { createSafeRedisLeader } = require('safe-redis-leader');
const { SafeRedisLeader } = require('ts-safe-redis-leader');
const { startRedis } = require('./redis.cjs');

async function jobs() {
  const { port, failing } = await startRedis();
  let runs = 0;
  const jobsOfAll = [1, 2, 3].map(() => {
    const { CronJob } = cronCluster(new Redis(port));
    const job = new CronJob('0 0 9 * * *', () => runs++);
    job.start();
    return job;
  });
  await setTimeout(500);
  for (const fault of [undefined, 'get']) {
    failing.add(fault);
    runs = 0;
    for (const job of jobsOfAll) job.fireOnTick();
    await setTimeout(300);
    console.log(`cron-cluster, ${fault ? 'Redis answers with an error' : 'all is well'}: ${runs} of 3 run the job`);
  }
}

async function leaders(name, create) {
  const { port, failing } = await startRedis();
  const events = [];
  const elect = async (process) => {
    const leader = await create(new Redis(port));
    for (const event of ['elected', 'demoted', 'error']) {
      (leader.emitter ?? leader).on(event, () => {
        events.push(`${process} ${event}`);
        if (event === 'error') failing.clear();
      });
    }
    await leader.elect();
  };
  await elect('first');
  failing.add('eval');
  await elect('second');
  while (!events.includes('second elected')) await setTimeout(50);
  await setTimeout(1000);
  console.log(`${name}: ${events.join(', ')}`);
}

async function main() {
  await jobs();
  const options = { ttl: 300, wait: 50, key: 'calls' };
  await leaders('safe-redis-leader', (asyncRedis) => createSafeRedisLeader({ ...options, asyncRedis }));
  await leaders('ts-safe-redis-leader', (redis) => new SafeRedisLeader(redis, 300, 50, 'calls'));
  process.exit();
}
main();
JS

node --version
node leaders.cjs | tee seen
diff seen - <<'SEEN'
cron-cluster, all is well: 1 of 3 run the job
cron-cluster, Redis answers with an error: 3 of 3 run the job
safe-redis-leader: first elected, first error, second elected
ts-safe-redis-leader: first elected, first error, second elected
SEEN
