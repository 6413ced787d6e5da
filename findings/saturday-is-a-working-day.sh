#!/usr/bin/env bash
# chinese-days 1.5.7, a calendar of China's working days and holidays, on Node.js 20.20 in a time zone west of Greenwich.
#
# Many who call China do so from servers in America, and ask the calendar whether a date is a working day, or which one is the next.
# There, `isWorkday('2026-01-10')` looks up the holiday of the right date, but the day of the week of the date before: Saturdays are
# working days, and Mondays are not. `findWorkday` says that after September 30, people work again on October 7, a holiday. Calls go
# out on days on which people should be left alone. In UTC and in China all is well, so no test there shows it.
#
# The README does not mention time zones. Version 1.5.7 mended an error at the start, which somebody had met in UTC-7; we found no
# report of wrong days. What helps: chinese-workday 1.16.1, which is right everywhere, or TZ=Asia/Shanghai for the process.
#
# Guessed before it was run: a date is the same day, wherever the server is.
# Seen: the six lines that this script compares, of 2026. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund chinese-days@1.5.7 chinese-workday@1.16.1

cat >days.mjs <<'JS'
import chineseDays from 'chinese-days';
import * as chineseWorkday from 'chinese-workday';

const DAY_MS = 86_400_000;
const days = Array.from({ length: 365 }, (_, at) => new Date(Date.UTC(2026, 0, 1) + at * DAY_MS).toISOString().slice(0, 10));
const nextAfter = (isWorkday, day) => days.find((other) => other > day && isWorkday(other));

const say = (name, isWorkday, next) => {
  const working = days.filter(isWorkday);
  const saturdays = working.filter((day) => new Date(day).getUTCDay() === 6);
  const mondays = working.filter((day) => new Date(day).getUTCDay() === 1);
  console.log(
    `${process.env.TZ}, ${name}: calls on ${saturdays.length} Saturdays, ${mondays.length} Mondays; after September 30 on ${next}`,
  );
};
say('chinese-days', chineseDays.isWorkday, chineseDays.findWorkday(1, '2026-09-30'));
say('chinese-workday', chineseWorkday.isWorkday, nextAfter(chineseWorkday.isWorkday, '2026-09-30'));
JS

node --version
for zone in Asia/Shanghai UTC America/Los_Angeles; do TZ=$zone node days.mjs; done | tee seen
diff seen - <<'SEEN'
Asia/Shanghai, chinese-days: calls on 4 Saturdays, 47 Mondays; after September 30 on 2026-10-08
Asia/Shanghai, chinese-workday: calls on 4 Saturdays, 47 Mondays; after September 30 on 2026-10-08
UTC, chinese-days: calls on 4 Saturdays, 47 Mondays; after September 30 on 2026-10-08
UTC, chinese-workday: calls on 4 Saturdays, 47 Mondays; after September 30 on 2026-10-08
America/Los_Angeles, chinese-days: calls on 45 Saturdays, 0 Mondays; after September 30 on 2026-10-07
America/Los_Angeles, chinese-workday: calls on 4 Saturdays, 47 Mondays; after September 30 on 2026-10-08
SEEN
