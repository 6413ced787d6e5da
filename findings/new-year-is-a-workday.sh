#!/usr/bin/env bash
# chinese-days 1.5.7 and chinese-workday 1.16.1: is this a workday in China?
#
# Both have the days off of each year, with the Sundays that are worked instead. The last year that they have is 2026. After it, each
# day from Monday to Friday is a workday without an error, New Year's Day and National Day included: a campaign that is planned in
# December for the first days of January calls people on the holiday. An answer for a year without data looks like any other.
#
# Both state the years that they have; what they answer for others is not said, and we found no report of it. date-holidays 3.37.0
# computes these days for any year, but not the days off around them, nor the Sundays that are worked.
#
# Guessed before it was run: holidays with a fixed date are known in any year, and for others there is an error.
# Seen: the four lines that this script compares. It fails if that changes, for instance when the days of 2027 are added.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund chinese-days@1.5.7 chinese-workday@1.16.1 date-holidays@3.37.0

cat >days.mjs <<'JS'
import chineseDays from 'chinese-days';
import { isWorkday } from 'chinese-workday';
import Holidays from 'date-holidays';

const holidays = new Holidays('CN');
for (const [day, name] of [
  ['2026-01-01', "New Year's Day"],
  ['2027-01-01', "New Year's Day"],
  ['2027-02-05', 'Eve of the Spring Festival'],
  ['2027-10-01', 'National Day'],
]) {
  const isOff = {
    'chinese-days': !chineseDays.isWorkday(day),
    'chinese-workday': !isWorkday(day),
    'date-holidays': holidays.isHoliday(new Date(`${day}T12:00:00`)) !== false,
  };
  const answers = Object.entries(isOff).map(([library, off]) => `${library} ${off ? 'off' : 'WORK'}`);
  console.log(`${day} ${name}: ${answers.join(', ')}`);
}
JS

node --version
TZ=Asia/Shanghai node days.mjs | tee seen
diff seen - <<'SEEN'
2026-01-01 New Year's Day: chinese-days off, chinese-workday off, date-holidays off
2027-01-01 New Year's Day: chinese-days WORK, chinese-workday WORK, date-holidays off
2027-02-05 Eve of the Spring Festival: chinese-days WORK, chinese-workday WORK, date-holidays off
2027-10-01 National Day: chinese-days WORK, chinese-workday WORK, date-holidays off
SEEN
