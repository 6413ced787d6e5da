#!/usr/bin/env bash
# bree 9.2.9, a scheduler of jobs (it plans by @breejs/later 4.2.0).
#
# With its option `timezone`, a job is due at an hour of another zone than the server's: 09:00 in New York, on a server in UTC or in
# China. It takes the offset of the moment at which it plans, so on the day of a time change the job is an hour off. When clocks go
# back, it runs at 08:00, is planned again for 09:00 of the same day, and runs once more: a list that the job sends is called twice,
# the first time an hour too early. On a server in the same zone it is right, so no test at home shows it.
#
# The documentation of the option says nothing of time changes. There is an open report of runs that came hours early in a zone
# without time changes, which may have another cause; we found none of this.
#
# Guessed before it was run: each day has one run, at 09:00, as with croner 11.0.1.
# Seen: the eight lines that this script compares; time is simulated. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund bree@9.2.9 @breejs/later@4.2.0 croner@11.0.1 @sinonjs/fake-timers@15.5.0

touch call.mjs
cat >daily.mjs <<'JS'
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import FakeTimers from '@sinonjs/fake-timers';
import Bree from 'bree';
import { Cron } from 'croner';

const timeZone = 'America/New_York';
const cron = '0 9 * * *';
const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });

for (const start of ['2027-03-13T12:00:00Z', '2027-11-06T12:00:00Z']) {
  const now = new Date(start);
  const clock = FakeTimers.install({ now, toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const jobs = [{ name: 'call', path: resolve('call.mjs'), cron }];
  const bree = new Bree({ root: false, logger: false, timezone: timeZone, jobs });
  const runs = [];
  bree.on('worker created', () => runs.push(format.format(new Date())));
  await bree.start();
  for (let hour = 0; hour < 54; hour++) {
    clock.tick(3_600_000);
    do await pause(20);
    while (bree.workers.size > 0);
  }
  await bree.stop();
  clock.uninstall();
  console.log(`bree:   ${runs.join(', ')}`);
  const expected = new Cron(cron, { timezone: timeZone, paused: true }).nextRuns(3, now);
  console.log(`croner: ${expected.map((at) => format.format(at)).join(', ')}`);
}
JS

node --version
for zone in UTC Asia/Shanghai; do TZ=$zone node daily.mjs; done | tee seen
diff seen - <<'SEEN'
bree:   2027-03-13 09:00, 2027-03-14 10:00, 2027-03-15 09:00
croner: 2027-03-13 09:00, 2027-03-14 09:00, 2027-03-15 09:00
bree:   2027-11-06 09:00, 2027-11-07 08:00, 2027-11-07 09:00, 2027-11-08 09:00
croner: 2027-11-06 09:00, 2027-11-07 09:00, 2027-11-08 09:00
bree:   2027-03-13 09:00, 2027-03-14 10:00, 2027-03-15 09:00
croner: 2027-03-13 09:00, 2027-03-14 09:00, 2027-03-15 09:00
bree:   2027-11-06 09:00, 2027-11-07 08:00, 2027-11-07 09:00, 2027-11-08 09:00
croner: 2027-11-06 09:00, 2027-11-07 09:00, 2027-11-08 09:00
SEEN
