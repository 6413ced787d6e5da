#!/usr/bin/env bash
# bullmq 6.7.0 and bull 4.16.5 with ioredis 5.11.1, queues in Redis (here redis-server 7.0.15), and @upstash/qstash 2.12.0, which queues
# requests to a URL.
#
# A program adds one job, which is to make one task. If the connection breaks after Redis has added the job, but before it says so,
# ioredis connects again and sends the same command again. `add` succeeds, with the id of the second of two jobs, and each makes a
# task: everybody on the list is called twice, and no error says so. The options that bullmq advises for programs that add, so that
# they fail quickly, do not change it. qstash sends its request up to five times more, without an id by which the service could know
# it. Connections break in this way when Redis moves to another server, or a proxy in between is replaced.
#
# ioredis documents that it sends again what has no answer, and adds that this is mostly commands that wait. The READMEs of the three
# queues and the pages of bullmq on connections do not mention it, and we found no report. What helps: a `jobId` that follows from the
# list, such as the name of its file, as long as jobs that are done are kept; for qstash, a `deduplicationId`. With a client of the
# package redis 6.3.1, `add` fails although the job is there: without a `jobId`, look before you add it again.
#
# Guessed before it was run: `add` fails, and there is one job; qstash sends once, or with an id.
# Seen: the eight lines that this script compares. It fails if that changes.
set -euo pipefail
command -v redis-server >/dev/null || { echo 'Install redis-server first.' && exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund bullmq@6.7.0 bull@4.16.5 ioredis@5.11.1 redis@6.3.1 @upstash/qstash@2.12.0

cat >twice.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Client } from '@upstash/qstash';
import Bull from 'bull';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createClient } from 'redis';

const list = 'spring.csv';

// Redis behind a socket: nothing else on this machine can reach it.
const path = `${process.cwd()}/redis.sock`;
const server = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', ''], { stdio: 'ignore' });
process.on('exit', () => server.kill());
const redis = new Redis(path);
redis.on('error', () => {}); // It is about to start.
await redis.ping();

/** Passes everything on, but breaks the connection in place of the first answer to a command about the list. */
let isToBreak = false;
const proxy = createServer((near) => {
  const far = connect(path);
  let isBroken = false;
  near.on('data', (bytes) => {
    far.write(bytes);
    if (isToBreak && bytes.includes(list)) [isToBreak, isBroken] = [false, true];
  });
  far.on('data', (bytes) => (isBroken ? near.destroy() : near.write(bytes)));
  for (const socket of [near, far]) socket.on('error', () => {}).on('close', () => near.destroy() && far.destroy());
});
await once(proxy.listen(0, '127.0.0.1'), 'listening');
const connection = { host: '127.0.0.1', port: proxy.address().port };

async function say(name, queue, breaks, ...job) {
  queue.on('error', () => {});
  await queue.add('earlier', {}); // From now on, Redis knows the script of the queue.
  const before = await queue.count();
  isToBreak = breaks;
  const end = await queue.add(...job).then(
    () => 'add succeeds',
    () => 'add fails',
  );
  await setTimeout(500);
  console.log(`${name}: ${end}, jobs: ${(await queue.count()) - before}`);
  await redis.flushall();
}
/** What the documentation of bullmq advises for programs that add. */
const quickly = { enableOfflineQueue: false, maxRetriesPerRequest: 1 };
const ofBull = () => new Bull('calls', { redis: connection });
const ofBullMq = (client = connection) => new Queue('calls', { connection: client });
const client = createClient({ socket: connection });
client.on('error', () => {});
await client.connect();

await say('bullmq, no fault', ofBullMq(), false, 'task', { list });
await say('bullmq, broken connection', ofBullMq(), true, 'task', { list });
await say('bullmq, broken connection, to fail quickly', ofBullMq({ ...connection, ...quickly }), true, 'task', { list });
await say('bullmq, broken connection, jobId', ofBullMq(), true, 'task', { list }, { jobId: list });
await say('bullmq with redis, broken connection', ofBullMq(client), true, 'task', { list });
await say('bull, broken connection', ofBull(), true, { list });

/** Takes each message, and breaks the connection in place of the answer. */
const messages = [];
const service = createHttpServer((request) => {
  messages.push(request.headers['upstash-deduplication-id'] ?? 'none');
  request.resume().on('end', () => request.socket.destroy());
});
await once(service.listen(0, '127.0.0.1'), 'listening');
console.warn = console.error = () => {}; // It tells of each request.
for (const deduplicationId of [undefined, list]) {
  messages.length = 0;
  const qstash = new Client({ token: 't', baseUrl: `http://127.0.0.1:${service.address().port}` });
  await qstash.publishJSON({ url: 'https://example.com/calls', body: { list }, deduplicationId }).catch(() => {});
  console.log(`qstash, broken connection: messages: ${messages.length}, id: ${[...new Set(messages)]}`);
}
process.exit();
JS

node --version
node twice.mjs | tee seen
diff seen - <<'SEEN'
bullmq, no fault: add succeeds, jobs: 1
bullmq, broken connection: add succeeds, jobs: 2
bullmq, broken connection, to fail quickly: add succeeds, jobs: 2
bullmq, broken connection, jobId: add succeeds, jobs: 1
bullmq with redis, broken connection: add fails, jobs: 1
bull, broken connection: add succeeds, jobs: 2
qstash, broken connection: messages: 6, id: none
qstash, broken connection: messages: 6, id: spring.csv
SEEN
